package dev.slipway.runner.input;

import dev.slipway.delivery.Operation;
import dev.slipway.runner.Environment;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The inputs that say what the run is for, and where deliveries are noted.
final class OperationInputs {
  /// What only a delivery needs. The step of a rollback is the same, on a runner where nothing was
  /// built, and perhaps nothing checked out.
  private static final Set<Input> OF_A_DELIVERY =
      EnumSet.of(
          Input.IMAGE,
          Input.IMAGE_DIGEST,
          Input.ATTESTATIONS,
          Input.CREATE_REPOSITORY,
          Input.BASE_IMAGE,
          Input.PLATFORMS,
          Input.ENTRYPOINT,
          Input.JVM_FLAGS,
          Input.CONTAINER_ENVIRONMENT,
          Input.PORTS,
          Input.USER,
          Input.LABELS,
          Input.RELEASE,
          Input.DEFAULT_BUMP,
          Input.PRERELEASE,
          Input.RELEASE_PATH,
          Input.GITOPS_BOOTSTRAP,
          Input.ECS_TASK_DEFINITION,
          Input.ON_FAILURE);

  // It becomes a part of addresses, and GitHub allows 255 characters.
  private static final Pattern ENVIRONMENT = Pattern.compile("[^\\p{Cntrl}]{1,255}");

  private static final String OPERATIONS = "Write `deploy` or `rollback`.";

  private final InputTexts inputs;

  OperationInputs(InputTexts inputs) {
    this.inputs = inputs;
  }

  /// The same variables, without those that a rollback has no use for.
  static Environment ofRollback(Environment environment) {
    return name ->
        OF_A_DELIVERY.stream().anyMatch(input -> input.variable().equals(name))
            ? Optional.empty()
            : environment.get(name);
  }

  /// Whether it is a rollback; what is neither becomes a problem later, in [#read].
  static boolean isRollback(Environment environment) {
    return environment.text(Input.OPERATION.variable()).equals(Optional.of("rollback"));
  }

  /// What the run is for; a deployment, with problems, when something is wrong.
  Operation read() {
    Optional<String> operation =
        inputs.parsed(Input.OPERATION, OperationInputs::operation, OPERATIONS);
    Optional<String> to = inputs.text(Input.ROLLBACK_TO);
    if (operation.equals(Optional.of("rollback"))) {
      return new Operation.Rollback(to);
    }
    if (to.isPresent() && operation.isPresent()) {
      inputs.wrong(
          Input.ROLLBACK_TO,
          to.get(),
          "`operation` is `deploy`, which leads forward",
          "Set `operation: rollback`, or remove `rollback-to`.");
    }
    return new Operation.Deploy(rollsBackOnFailure());
  }

  private static String operation(String text) {
    return switch (text) {
      case "deploy", "rollback" -> text;
      default -> throw new IllegalArgumentException("there is no such operation");
    };
  }

  private boolean rollsBackOnFailure() {
    boolean back =
        inputs
            .parsed(Input.ON_FAILURE, OperationInputs::onFailure, "Write `stop` or `rollback`.")
            .orElse(false);
    if (back
        && inputs.isGiven(Input.SSM_TARGETS)
        && !inputs.isGiven(Input.DEPLOYMENT_ENVIRONMENT)) {
      inputs.missing(
          Input.DEPLOYMENT_ENVIRONMENT,
          "`on-failure: rollback` returns to the images before, and a script leaves no trace of them",
          "Name an environment, such as `deployment-environment: production`, where deliveries are noted.");
    }
    return back;
  }

  private static boolean onFailure(String text) {
    return switch (text) {
      case "stop" -> false;
      case "rollback" -> true;
      default -> throw new IllegalArgumentException("there is no such wish");
    };
  }

  /// Where deliveries are noted; empty: nowhere.
  Optional<String> environment() {
    if (inputs.isGiven(Input.DEPLOYMENT_ENVIRONMENT) && !inputs.isGiven(Input.GITHUB_TOKEN)) {
      inputs.missing(
          Input.GITHUB_TOKEN,
          "`deployment-environment` is set, and deliveries are noted with it",
          "Leave `github-token` away, so that it has its default, and give the job `permissions:"
              + " deployments: write`.");
    }
    return inputs.parsed(
        Input.DEPLOYMENT_ENVIRONMENT,
        OperationInputs::environment,
        "Write a name such as `deployment-environment: production`.");
  }

  private static String environment(String text) {
    if (!ENVIRONMENT.matcher(text).matches()) {
      throw new IllegalArgumentException("GitHub has no environment of such a name");
    }
    return text;
  }
}
