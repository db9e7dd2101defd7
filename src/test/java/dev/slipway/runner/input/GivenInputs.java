package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.ValueUpdate;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.RecordedWarnings;
import dev.slipway.runner.Variables;
import dev.slipway.template.Template;
import dev.slipway.values.KeyPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Inputs as a workflow gives them, to a run in a workspace of its own.
abstract class GivenInputs {
  @TempDir Path workspace;

  final RecordedWarnings warnings = new RecordedWarnings();
  Variables environment = Variables.ofRun();

  @BeforeEach
  void startInTheWorkspace() throws IOException {
    environment = Variables.ofRun().inWorkspace(workspace.toRealPath());
  }

  /// The only component.
  static Inputs.Component only(Inputs inputs) {
    assertThat(inputs.components()).hasSize(1);
    return inputs.components().getFirst();
  }

  Inputs read() {
    return new InputReader(environment, warnings).read();
  }

  List<Problem> problems() {
    return Optional.ofNullable(catchThrowableOfType(ActionException.class, this::read))
        .map(ActionException::problems)
        .orElse(List.of());
  }

  Problem onlyProblem() {
    assertThat(problems()).hasSize(1);
    return problems().getFirst();
  }

  Variables ecr() {
    return environment
        .with(Input.REGISTRY, "ecr")
        .with(Input.REPOSITORY, "shop")
        .with("AWS_ACCESS_KEY_ID", "AKIA")
        .with("AWS_SECRET_ACCESS_KEY", "secret")
        .with("AWS_REGION", "us-east-1");
  }

  Variables gitOps() {
    return environment
        .with(Input.GITOPS_REPOSITORY, "acme/gitops")
        .with(Input.GITOPS_TOKEN, "ghp_token")
        .with(Input.GITOPS_UPDATE, "values.yaml: {image.tag: '{tag}'}");
  }

  static ValueUpdate update(String file, String key, String template) {
    return new ValueUpdate(file, KeyPath.parse(key), Template.parse(template));
  }
}
