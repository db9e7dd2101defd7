package dev.slipway.sandbox;

import dev.slipway.container.ActionImage;
import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.RunnerContract;
import dev.slipway.container.ShownLog;
import dev.slipway.container.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One step of a workflow that uses the action, as a runner runs it in a container, for scripts.
public final class RehearsedStep {
  private RehearsedStep() {}

  /// Runs the step, prints its log, and ends with its exit code.
  ///
  /// @param arguments the name of the image; the workflow; the step's id; the workspace; the file
  ///   that gets the outputs, one `name=value` a line; then `name=value` of what an expression
  ///   stands for, such as `steps.build.outputs.digest`, or of a variable, which wins over the
  ///   workflow
  public static void main(String[] arguments) throws IOException {
    List<String> rest = List.of(arguments).subList(5, arguments.length);
    Path workspace = Path.of(arguments[3]).toAbsolutePath();
    JobFolders folders =
        JobFolders.of(workspace, Files.createTempDirectory("slipway-step").resolve("_temp"));
    Map<String, String> contexts = new HashMap<>();
    contexts.put("github.workspace", workspace.toString());
    Map<String, String> variables = new HashMap<>();
    for (String argument : rest) {
      String[] pair = argument.split("=", 2);
      (pair[0].contains(".") ? contexts : variables).put(pair[0], pair[1]);
    }
    Map<String, String> environment =
        new HashMap<>(WorkflowFile.read(Path.of(arguments[1]), arguments[2]).environment(contexts));
    environment.putAll(variables);

    StepResult result =
        new RunnerContract(new ActionImage(arguments[0]), folders)
            .run(ContainerStep.with(environment).withOptions("--add-host", StandIns.HOST));

    ShownLog.of(result.log()).forEach(System.out::println);
    StringBuilder outputs = new StringBuilder();
    result
        .outputs()
        .forEach((name, value) -> {
          if (!value.contains("\n")) {
            outputs.append(name).append('=').append(value).append('\n');
          }
        });
    Files.writeString(
        Path.of(arguments[4]), outputs, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.exit(result.exitCode());
  }
}
