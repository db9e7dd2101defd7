package dev.slipway.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a step as `java -jar`, without a container around it.
public final class JarRunner implements StepRunner {
  private final List<String> program;
  private final JobFolders folders;

  public JarRunner(Path jar, JobFolders folders) {
    this(List.of("-jar", jar.toAbsolutePath().toString()), folders);
  }

  private JarRunner(List<String> program, JobFolders folders) {
    this.program = program;
    this.folders = folders;
  }

  /// Runs the same from the classes of the tests, before there is a jar.
  public static JarRunner ofClasses(JobFolders folders) {
    return new JarRunner(
        List.of("-cp", System.getProperty("java.class.path"), "dev.slipway.Main"), folders);
  }

  @Override
  public StepResult run(ContainerStep step) {
    return start(step).await();
  }

  /// Starts a step.
  public RunningStep start(ContainerStep step) {
    FileCommands fileCommands = new FileCommands(folders.fileCommands());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command)
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
