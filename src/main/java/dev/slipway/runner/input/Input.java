package dev.slipway.runner.input;

import java.util.Locale;

/// The inputs of the action: names and defaults. A test compares them with `action.yml` and the
/// README.
public enum Input {
  TAG("semver"),
  EXTRA_TAGS(""),
  GIT_TAG_PREFIX("v"),
  INITIAL_VERSION(""),
  RELEASE("none"),
  DEFAULT_BUMP("patch"),
  PRERELEASE(""),
  RELEASE_PATH(""),
  COMMIT_SHA(""),
  IMAGE(""),
  IMAGES(""),
  IMAGE_DIGEST(""),
  ATTESTATIONS("keep"),
  REGISTRY(""),
  REPOSITORY(""),
  REGISTRY_USERNAME(""),
  REGISTRY_PASSWORD(""),
  CREATE_REPOSITORY("false"),
  BASE_IMAGE(""),
  PLATFORMS(""),
  ENTRYPOINT(""),
  JVM_FLAGS(""),
  CONTAINER_ENVIRONMENT(""),
  PORTS(""),
  USER(""),
  LABELS(""),
  AWS_REGION(""),
  ROLE_TO_ASSUME(""),
  AWS_ENDPOINT_URL(""),
  GITOPS_REPOSITORY(""),
  GITOPS_BRANCH(""),
  GITOPS_TOKEN(""),
  GITOPS_UPDATE(""),
  GITOPS_BOOTSTRAP(""),
  GITOPS_DELIVERY("pull-request"),
  AUTO_MERGE("squash"),
  COMMIT_MESSAGE(""),
  PULL_REQUEST_TITLE(""),
  PULL_REQUEST_BODY(""),
  PULL_REQUEST_BRANCH(""),
  PULL_REQUEST_LABELS(""),
  PULL_REQUEST_REVIEWERS(""),
  PULL_REQUEST_TEAM_REVIEWERS(""),
  PULL_REQUEST_ASSIGNEES(""),
  PULL_REQUEST_DRAFT("false"),
  WAIT_FOR_MERGE("0"),
  ARGOCD_SERVER(""),
  ARGOCD_TOKEN(""),
  ARGOCD_APPLICATIONS(""),
  ARGOCD_SYNC("false"),
  ECS_CLUSTER(""),
  ECS_SERVICE(""),
  ECS_TASK_DEFINITION(""),
  ECS_CONTAINER(""),
  SSM_TARGETS(""),
  SSM_SCRIPT(""),
  SSM_RUN_AS("root"),
  OPERATION("deploy"),
  ROLLBACK_TO(""),
  DEPLOYMENT_ENVIRONMENT(""),
  ON_SUPERSEDED("skip"),
  ON_FAILURE("stop"),
  TIMEOUT("15"),
  DRY_RUN("false"),
  GITHUB_TOKEN("${{ github.token }}"),
  GITOPS_API_URL(""),
  CA_CERTIFICATES("");

  private final String declaredDefault;

  Input(String declaredDefault) {
    this.declaredDefault = declaredDefault;
  }

  /// The name as it is written in a workflow, e.g. `dry-run`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The default as `action.yml` declares it, empty for none.
  public String declaredDefault() {
    return declaredDefault;
  }

  /// What the input is where nobody set it. Only the runner can compute an expression, so one of
  /// those is nothing here.
  String fallback() {
    return declaredDefault.startsWith("${{") ? "" : declaredDefault;
  }

  /// The variable that the runner passes it in. Hyphens stay
  /// ([source](https://github.com/actions/runner/blob/v2.328.0/src/Runner.Worker/Handlers/Handler.cs)).
  public String variable() {
    return "INPUT_" + text().toUpperCase(Locale.ROOT);
  }

  /// Whether its value must never be shown.
  boolean isSecret() {
    return switch (this) {
      case REGISTRY_PASSWORD, GITOPS_TOKEN, ARGOCD_TOKEN, GITHUB_TOKEN -> true;
      default -> false;
    };
  }
}
