package dev.slipway.runner.input;

import dev.slipway.runner.Environment;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The files of this job that an author may name: those in the workspace and in the runner's
/// temporary folder, and nothing that a link there points at elsewhere.
final class LocalFiles {
  // Where the runner mounts its temporary folder into a container.
  private static final Path MOUNTED_TEMP = Path.of("/github/runner_temp");

  private static final int LARGEST_CONTENT = 1024 * 1024;

  private static final String VISIBLE =
      "Let the earlier step write the file into the workspace, and name it relative to that. An"
          + " action in a container sees only the workspace and `${{ runner.temp }}`, not the"
          + " machine's /tmp.";

  private static final String REGULAR = "Name a regular file, readable for the container's user.";

  private final Optional<Path> workspace;
  private final List<Path> roots;
  private final HostPaths hostPaths;
  private final InputTexts inputs;

  LocalFiles(Environment environment, InputTexts inputs) {
    this.workspace = environment.text("GITHUB_WORKSPACE").flatMap(LocalFiles::folder);
    this.roots =
        Stream.of(
                workspace.stream(),
                environment.text("RUNNER_TEMP").flatMap(LocalFiles::folder).stream(),
                folder(MOUNTED_TEMP.toString()).stream())
            .flatMap(found -> found)
            .toList();
    this.hostPaths = HostPaths.of(environment);
    this.inputs = inputs;
  }

  private static Optional<Path> folder(String path) {
    try {
      Path real = Path.of(path).toRealPath();
      return Files.isDirectory(real) ? Optional.of(real) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// The regular file that `given` names, all links resolved; empty, with a problem, when it cannot
  /// be used.
  Optional<Path> file(Input input, String given) {
    return fileOrFolder(input, given).filter(real -> isFile(input, given, real));
  }

  /// The file or folder that `given` names, all links resolved; empty, with a problem, when it
  /// cannot be used.
  Optional<Path> fileOrFolder(Input input, String given) {
    if (workspace.isEmpty()) {
      inputs.wrong(
          input,
          given,
          "there is no workspace to look in: GITHUB_WORKSPACE names no folder",
          "Run Slipway as a step of a GitHub Actions job, after the step that makes the file.");
      return Optional.empty();
    }
    return path(input, given).flatMap(path -> checked(input, given, path));
  }

  /// Whether `given`, which is good for a path, names nothing at all in the workspace.
  boolean lacks(String given) {
    return workspace.isPresent()
        && !Files.exists(
            workspace.get().resolve(hostPaths.translate(given)), LinkOption.NOFOLLOW_LINKS);
  }

  /// The folder of the workspace that `given` names, whose files are to be published; empty, with a
  /// problem, when it cannot be used.
  Optional<Path> folder(Input input, String given) {
    return fileOrFolder(input, given)
        .filter(real -> {
          if (!Files.isDirectory(real)) {
            inputs.wrong(input, given, "it is not a folder", "Name a folder in the workspace.");
            return false;
          }
          return isCheckedOut(input, given, real);
        });
  }

  /// What is in the file that `given` names, and that is published; empty, with a problem, as
  /// [#file].
  Optional<FileContent> content(Input input, String given) {
    return file(input, given)
        .filter(path -> isCheckedOut(input, given, path))
        .flatMap(path -> small(input, given, path));
  }

  /// What is in the file that `given` names, and that stays here; empty, with a problem, as
  /// [#file].
  Optional<FileContent> smallFile(Input input, String given) {
    return file(input, given).flatMap(path -> small(input, given, path));
  }

  private Optional<FileContent> small(Input input, String given, Path path) {
    Path root = roots.stream().filter(path::startsWith).findFirst().orElseThrow();
    try (InputStream stream = Channels.newInputStream(WithoutLinks.open(root, path))) {
      byte[] bytes = stream.readNBytes(LARGEST_CONTENT + 1);
      if (bytes.length <= LARGEST_CONTENT) {
        return Optional.of(FileContent.of(bytes));
      }
      inputs.wrong(input, given, "it is larger than 1 MiB", "Name a small text file.");
    } catch (IOException e) {
      inputs.wrong(
          input,
          given,
          "it cannot be read",
          "Look at the step that makes it, and who may read it.");
    }
    return Optional.empty();
  }

  /// What is published must be of the repository: git's own folder and the runner's temporary one
  /// hold the token of the checkout.
  private boolean isCheckedOut(Input input, String given, Path real) {
    Path root = workspace.orElseThrow();
    if (real.startsWith(root) && !hasGit(root.relativize(real))) {
      return true;
    }
    inputs.wrong(
        input,
        given,
        "with all links resolved it is not a checked-out file: git's own folder and the runner's"
            + " temporary one hold logins",
        "Name a file of the repository, or one that a step made beside it in the workspace.");
    return false;
  }

  /// Also of a repository that is checked out into a folder of the workspace.
  private static boolean hasGit(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .anyMatch(name -> name.toString().equals(".git"));
  }

  private Optional<Path> path(Input input, String given) {
    try {
      return Optional.of(workspace.orElseThrow().resolve(hostPaths.translate(given)));
    } catch (InvalidPathException e) {
      inputs.wrong(input, given, "it is no file name", "Name a file in the workspace.");
      return Optional.empty();
    }
  }

  private Optional<Path> checked(Input input, String given, Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      missing(input, given);
      return Optional.empty();
    }
    try {
      return reachable(input, given, path.toRealPath());
    } catch (IOException e) {
      inputs.wrong(
          input,
          given,
          "it cannot be opened: it is a link that leads nowhere, or a folder on the way is closed",
          "Look at the step that makes the file, and who may read it.");
      return Optional.empty();
    }
  }

  private Optional<Path> reachable(Input input, String given, Path real) throws IOException {
    if (roots.stream().noneMatch(root -> real.startsWith(root))) {
      inputs.wrong(
          input,
          given,
          "with all links resolved it is outside the workspace and the runner's temporary folder",
          VISIBLE);
      return Optional.empty();
    }
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    boolean usual = attributes.isRegularFile() || attributes.isDirectory();
    if (!usual || !Files.isReadable(real)) {
      inputs.wrong(input, given, "it is not a file that can be read", REGULAR);
      return Optional.empty();
    }
    return Optional.of(real);
  }

  private boolean isFile(Input input, String given, Path real) {
    if (Files.isDirectory(real)) {
      inputs.wrong(input, given, "it is a folder", REGULAR);
      return false;
    }
    return true;
  }

  private void missing(Input input, String given) {
    List<String> near =
        input == Input.IMAGE ? ArchivesNearby.under(workspace.orElseThrow(), given) : List.of();
    String found =
        near.isEmpty()
            ? ""
            : "Files of that kind that are there: %s. ".formatted(String.join(", ", near));
    inputs.wrong(
        input, given, "there is no such file, looked for from the workspace", found + VISIBLE);
  }
}
