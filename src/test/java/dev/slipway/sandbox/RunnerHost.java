package dev.slipway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The folders, files and variables that a runner gives a step: one workspace, one event, a fresh
/// set of file commands for every step.
public final class RunnerHost {
  private final Path root;
  private final String repository;
  private final String sha;

  /// Lays the folders out below `root`.
  ///
  /// @param repository the application repository, `owner/name`
  /// @param sha the event's commit
  public RunnerHost(Path root, String repository, String sha) {
    this.root = root;
    this.repository = repository;
    this.sha = sha;
    try {
      Files.createDirectories(workspace());
      Files.createDirectories(temp());
      Files.writeString(event(), "{\"ref\":\"refs/heads/main\",\"after\":\"%s\"}".formatted(sha));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path workspace() {
    return root.resolve("workspace");
  }

  /// `runner.temp`.
  public Path temp() {
    return root.resolve("temp");
  }

  private Path event() {
    return root.resolve("event.json");
  }

  /// Copies a folder of fixtures into the workspace.
  public void checkout(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path copy = workspace().resolve(folder.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The variables of one step, with file commands of its own.
  ///
  /// @param gitHubApi the API that `GITHUB_API_URL` names
  public Map<String, String> step(String gitHubApi) {
    try {
      Path commands = Files.createTempDirectory(root, "file_commands");
      Map<String, String> variables = new LinkedHashMap<>();
      variables.put("GITHUB_ACTIONS", "true");
      variables.put("CI", "true");
      variables.put("GITHUB_WORKSPACE", workspace().toString());
      variables.put("RUNNER_TEMP", temp().toString());
      variables.put("GITHUB_EVENT_NAME", "push");
      variables.put("GITHUB_EVENT_PATH", event().toString());
      variables.put("GITHUB_REPOSITORY", repository);
      variables.put("GITHUB_SHA", sha);
      variables.put("GITHUB_REF", "refs/heads/main");
      variables.put("GITHUB_REF_NAME", "main");
      variables.put("GITHUB_REF_TYPE", "branch");
      variables.put("GITHUB_RUN_ID", "1700000017");
      variables.put("GITHUB_RUN_NUMBER", "17");
      variables.put("GITHUB_RUN_ATTEMPT", "1");
      variables.put("GITHUB_ACTOR", "octocat");
      variables.put("GITHUB_SERVER_URL", "https://github.com");
      variables.put("GITHUB_API_URL", gitHubApi);
      variables.put("GITHUB_OUTPUT", Files.createFile(commands.resolve("output")).toString());
      variables.put(
          "GITHUB_STEP_SUMMARY", Files.createFile(commands.resolve("summary")).toString());
      return variables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
