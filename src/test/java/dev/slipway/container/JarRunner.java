package dev.slipway.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Runs a step as `java -jar`, without a container around it.
public final class JarRunner implements StepRunner {
  private final Path jar;
  private final JobFolders folders;

  public JarRunner(Path jar, JobFolders folders) {
    this.jar = jar.toAbsolutePath();
    this.folders = folders;
  }

  @Override
  public StepResult run(ContainerStep step) {
    return start(step).await();
  }

  /// Starts a step.
  public RunningStep start(ContainerStep step) {
    FileCommands fileCommands = new FileCommands(folders.fileCommands());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(java.toString(), "-jar", jar.toString()))
            .directory(folders.workspace().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(StepEnvironment.of(step, folders, fileCommands));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new RunningStep(process, fileCommands, () -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
