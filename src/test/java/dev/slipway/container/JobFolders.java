package dev.slipway.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The folders of one job on the runner's machine, and where a container action sees each of them.
public final class JobFolders {
  private final Path workspace;
  private final Path temp;

  private JobFolders(Path workspace, Path temp) {
    this.workspace = workspace;
    this.temp = temp;
  }

  /// Lays out the folders of a new job below `work`, as `_work` of a runner: an empty workspace and
  /// an event that is an empty object.
  public static JobFolders in(Path work) {
    return of(work.resolve("app").resolve("app"), work.resolve("_temp"));
  }

  /// The folders of a job that has a workspace and `runner.temp` already; creates what is missing.
  public static JobFolders of(Path workspace, Path temp) {
    JobFolders folders = new JobFolders(workspace, temp);
    try {
      for (Path folder : folders.mounts().keySet()) {
        Files.createDirectories(folder);
      }
      if (Files.notExists(folders.event())) {
        Files.writeString(folders.event(), "{}");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folders;
  }

  /// `github.workspace` on the machine.
  public Path workspace() {
    return workspace;
  }

  /// `runner.temp` on the machine.
  public Path temp() {
    return temp;
  }

  /// The payload of the event that started the run.
  public Path event() {
    return temp.resolve("_github_workflow").resolve("event.json");
  }

  Path home() {
    return temp.resolve("_github_home");
  }

  Path fileCommands() {
    return temp.resolve("_runner_file_commands");
  }

  /// Each folder and its path in the container, in the order of the runner's `-v` options.
  Map<Path, String> mounts() {
    Map<Path, String> mounts = new LinkedHashMap<>();
    mounts.put(temp, "/github/runner_temp");
    mounts.put(home(), "/github/home");
    mounts.put(temp.resolve("_github_workflow"), "/github/workflow");
    mounts.put(fileCommands(), "/github/file_commands");
    mounts.put(workspace, "/github/workspace");
    return mounts;
  }

  /// Leaves nothing in the workspace, as in a job that checks nothing out.
  public void clearWorkspace() {
    try (Stream<Path> files = Files.walk(workspace)) {
      for (Path file : files.skip(1).sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A value of a variable as the container gets it: a path below one of the folders, and nothing
  /// else, becomes the path in the container (`TranslateToContainerPath`, ContainerInfo.cs).
  String translate(String value) {
    for (Map.Entry<Path, String> mount : List.copyOf(mounts().entrySet()).reversed()) {
      String folder = mount.getKey().toString();
      if (value.equals(folder) || value.startsWith(folder + "/")) {
        return mount.getValue() + value.substring(folder.length());
      }
    }
    return value;
  }

  /// Gives every folder and file to another user, as on a runner that does not run as root.
  public void giveTo(int user) {
    for (Path root : List.of(workspace, temp)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.setAttribute(file, "unix:uid", user);
          Files.setAttribute(file, "unix:gid", user);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
