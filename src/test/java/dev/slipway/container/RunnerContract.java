package dev.slipway.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A runner as a container action meets it: starts the image with the options, mounts and variables
/// of `docker run` that the runner uses (ContainerActionHandler.cs, DockerCommandManager.cs).
///
/// It differs in one option, `--network host`: the servers of the tests listen on loopback, and the
/// engine of the tests may have no other network.
public final class RunnerContract implements StepRunner {
  private final ActionImage image;
  private final JobFolders folders;

  public RunnerContract(ActionImage image, JobFolders folders) {
    this.image = image;
    this.folders = folders;
  }

  /// Runs a step to its end, for at most two minutes.
  @Override
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
      return new RunningStep(
          process, fileCommands, () -> ActionImage.docker("rm", "--force", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The variables of the step, with each path as the container sees it.
  Map<String, String> environment(ContainerStep step, FileCommands fileCommands) {
    Map<String, String> environment = StepEnvironment.of(step, folders, fileCommands);
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
