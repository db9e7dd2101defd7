package dev.slipway.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A runner as a container action meets it: starts the image with the options, mounts and variables
/// of `docker run` that the runner uses (ContainerActionHandler.cs, DockerCommandManager.cs).
///
/// It differs in one option, `--network host`: the servers of the tests listen on loopback, and the
/// engine of the tests may have no other network.
public final class RunnerContract {
  private static final Map<String, String> CONTEXTS =
      Map.ofEntries(
          Map.entry("GITHUB_ACTION", "__self"),
          Map.entry("GITHUB_ACTOR", "octocat"),
          Map.entry("GITHUB_ACTOR_ID", "583231"),
          Map.entry("GITHUB_API_URL", "https://api.github.com"),
          Map.entry("GITHUB_BASE_REF", ""),
          Map.entry("GITHUB_EVENT_NAME", "push"),
          Map.entry("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql"),
          Map.entry("GITHUB_HEAD_REF", ""),
          Map.entry("GITHUB_JOB", "deploy"),
          Map.entry("GITHUB_REF", "refs/heads/main"),
          Map.entry("GITHUB_REF_NAME", "main"),
          Map.entry("GITHUB_REF_PROTECTED", "true"),
          Map.entry("GITHUB_REF_TYPE", "branch"),
          Map.entry("GITHUB_REPOSITORY", "octocat/app"),
          Map.entry("GITHUB_REPOSITORY_OWNER", "octocat"),
          Map.entry("GITHUB_RUN_ATTEMPT", "1"),
          Map.entry("GITHUB_RUN_ID", "1700000017"),
          Map.entry("GITHUB_RUN_NUMBER", "17"),
          Map.entry("GITHUB_SERVER_URL", "https://github.com"),
          Map.entry("GITHUB_SHA", "7638417db6d59f3c431d3e1f261cc637155684cd"),
          Map.entry("GITHUB_TRIGGERING_ACTOR", "octocat"),
          Map.entry("GITHUB_WORKFLOW", "deploy"),
          Map.entry("RUNNER_ARCH", "X64"),
          Map.entry("RUNNER_ENVIRONMENT", "self-hosted"),
          Map.entry("RUNNER_NAME", "runner"),
          Map.entry("RUNNER_OS", "Linux"),
          Map.entry("RUNNER_TOOL_CACHE", "/opt/hostedtoolcache"));

  private final ActionImage image;
  private final JobFolders folders;

  public RunnerContract(ActionImage image, JobFolders folders) {
    this.image = image;
    this.folders = folders;
  }

  /// Runs a step to its end, for at most two minutes.
  public StepResult run(ContainerStep step) {
    return start(step).await();
  }

  /// Starts a step.
  public RunningStep start(ContainerStep step) {
    FileCommands fileCommands = new FileCommands(folders.fileCommands());
    Map<String, String> environment = environment(step, fileCommands);
    String name = "slipway_" + UUID.randomUUID().toString().substring(0, 6);
    ProcessBuilder docker =
        new ProcessBuilder(command(name, step, environment)).redirectErrorStream(true);
    docker.directory(folders.workspace().toFile());
    docker.environment().putAll(environment);
    docker.environment().put("GITHUB_ACTIONS", "true");
    docker.environment().putIfAbsent("CI", "true");
    try {
      Process process = docker.start();
      process.getOutputStream().close();
      return new RunningStep(name, process, fileCommands);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The variables of the step as the container gets them. The contexts that name the folders win
  /// over whatever the step says, as on a runner; the others only fill gaps, which is where this
  /// differs: a test chooses its repository and its API.
  Map<String, String> environment(ContainerStep step, FileCommands fileCommands) {
    Map<String, String> environment = new TreeMap<>(CONTEXTS);
    environment.putAll(step.environment());
    environment.put("HOME", folders.home().toString());
    environment.put("GITHUB_WORKSPACE", folders.workspace().toString());
    environment.put("GITHUB_EVENT_PATH", folders.event().toString());
    environment.putAll(fileCommands.environment());
    environment.put("RUNNER_TEMP", folders.temp().toString());
    environment.put("RUNNER_WORKSPACE", folders.workspace().getParent().toString());
    environment.replaceAll((_, value) -> folders.translate(value));
    return environment;
  }

  /// The command line. It names variables only: their values are the Docker client's own
  /// environment.
  List<String> command(String name, ContainerStep step, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of("docker", "run", "--name", name));
    command.addAll(List.of("--label", "slipway", "--workdir", "/github/workspace", "--rm"));
    environment.keySet().forEach(variable -> command.addAll(List.of("-e", variable)));
    command.addAll(List.of("-e", "GITHUB_ACTIONS=true"));
    if (!environment.containsKey("CI")) {
      command.addAll(List.of("-e", "CI=true"));
    }
    step.entrypoint().ifPresent(path -> command.addAll(List.of("--entrypoint", path)));
    command.addAll(List.of("--network", "host"));
    command.addAll(List.of("-v", engineSocket() + ":/var/run/docker.sock"));
    folders.mounts().forEach((path, there) -> command.addAll(List.of("-v", path + ":" + there)));
    command.addAll(step.options());
    command.add(image.name());
    command.addAll(step.arguments());
    return List.copyOf(command);
  }

  /// The socket of the engine of the tests, which need not be where a runner has it.
  private static String engineSocket() {
    String host = System.getenv().getOrDefault("DOCKER_HOST", "");
    return host.startsWith("unix://") ? host.substring("unix://".length()) : "/var/run/docker.sock";
  }
}
