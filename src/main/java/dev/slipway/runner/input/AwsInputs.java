package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.Inputs.AwsKeys;
import dev.slipway.delivery.Inputs.AwsLogin;
import dev.slipway.delivery.Inputs.EcsService;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.Secret;
import dev.slipway.image.EcrHost;
import dev.slipway.runner.Environment;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How to speak to AWS: the region and endpoint from the inputs, the keys from the environment.
final class AwsInputs {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,8}(-[a-z]+){1,3}-[0-9]{1,2}");
  private static final List<String> IGNORED_ENDPOINTS =
      List.of(
          "AWS_ENDPOINT_URL",
          "AWS_ENDPOINT_URL_ECR",
          "AWS_ENDPOINT_URL_ECS",
          "AWS_ENDPOINT_URL_SSM",
          "AWS_ENDPOINT_URL_STS");
  private static final String SIGN_IN =
      "Set `role-to-assume` and give the job `permissions: id-token: write`, or run"
          + " aws-actions/configure-aws-credentials in an earlier step of the job.";

  private final InputTexts inputs;
  private final Environment environment;
  private String why = "";

  AwsInputs(InputTexts inputs, Environment environment) {
    this.inputs = inputs;
    this.environment = environment;
  }

  /// What is known; nothing is asked for that neither the chosen registry nor a deploy target
  /// needs.
  Aws read(Optional<RegistryChoice> registry, AwsNeeds needs, Progress progress) {
    boolean ecr = registry.map(known -> needsAws(known, needs.pushes())).orElse(false);
    // The API of the public one is in one region only.
    boolean anywhere = registry.filter(RegistryChoice.EcrPublic.class::isInstance).isPresent();
    boolean ecs = inputs.isGiven(Input.ECS_SERVICE);
    boolean asked = ecr || ecs || inputs.isGiven(Input.SSM_TARGETS);
    why =
        ecr ? "the registry is Amazon ECR" : ecs ? "`ecs-service` is set" : "`ssm-targets` is set";
    Optional<String> region =
        region(registry.flatMap(AwsInputs::regionOf))
            .or(() -> needs.ecs().flatMap(EcsService::region));
    if ((ecs || (ecr && !anywhere)) && region.isEmpty() && !inputs.isGiven(Input.AWS_REGION)) {
      inputs.missing(
          Input.AWS_REGION,
          why + ", and neither AWS_REGION nor AWS_DEFAULT_REGION is set",
          "Write the region of the %s, such as `aws-region: ap-northeast-2`."
              .formatted(ecr ? "registry" : ecs ? "service" : "machines"));
    }
    if (asked) {
      warnOfEndpoints(progress);
    }
    return new Aws(login(asked), region, endpoint());
  }

  private static boolean needsAws(RegistryChoice registry, boolean pushes) {
    return switch (registry) {
      case RegistryChoice.Ecr _ -> true;
      case RegistryChoice.Ghcr _ -> false;
      // Their names are known; only a push needs their password.
      case RegistryChoice.EcrPublic _ -> pushes;
      case RegistryChoice.Host(String host) -> EcrHost.parse(host).isPresent() && pushes;
    };
  }

  private static Optional<String> regionOf(RegistryChoice registry) {
    return registry instanceof RegistryChoice.Host(String host)
        ? EcrHost.parse(host).map(EcrHost::region)
        : Optional.empty();
  }

  /// A host that names its region knows best: a password of another region opens no door there.
  private Optional<String> region(Optional<String> ofHost) {
    Optional<String> given =
        inputs.parsed(
            Input.AWS_REGION,
            AwsInputs::region,
            "Write a region's name, such as `ap-northeast-2`.");
    if (given.isPresent() && ofHost.isPresent() && !given.equals(ofHost)) {
      inputs.wrong(
          Input.AWS_REGION,
          given.get(),
          "the registry's host is in `%s`".formatted(ofHost.get()),
          "Remove `aws-region`, or name the host of the other region.");
    }
    return given
        .or(() -> ofHost)
        .or(() -> variable("AWS_REGION"))
        .or(() -> variable("AWS_DEFAULT_REGION"));
  }

  /// The region becomes a part of a host's name, and any earlier step may have set the variable.
  private Optional<String> variable(String name) {
    Optional<String> text = environment.text(name);
    if (text.isPresent() && !REGION.matcher(text.get()).matches()) {
      inputs.add(
          "The variable %s cannot be used".formatted(name),
          "`%s` is not the name of an AWS region".formatted(InputTexts.shown(text.get())),
          "Look for the step that sets it, or set `aws-region`.");
    }
    return text;
  }

  private static String region(String text) {
    if (!REGION.matcher(text).matches()) {
      throw new IllegalArgumentException("it is not the name of an AWS region");
    }
    return text;
  }

  /// A role that is named is the one to be, whatever keys an earlier step has left.
  private Optional<AwsLogin> login(boolean asked) {
    return inputs.isGiven(Input.ROLE_TO_ASSUME)
        ? new RoleInput(inputs, environment).read(asked).map(role -> role)
        : keys(asked).map(keys -> keys);
  }

  private Optional<AwsKeys> keys(boolean asked) {
    Optional<Secret> id = key("AWS_ACCESS_KEY_ID");
    Optional<Secret> secret = key("AWS_SECRET_ACCESS_KEY");
    if (asked && (id.isEmpty() || secret.isEmpty())) {
      inputs.add("There are no AWS credentials", whyNone(), SIGN_IN);
    }
    return id.flatMap(
        known -> secret.map(alsoKnown -> new AwsKeys(known, alsoKnown, key("AWS_SESSION_TOKEN"))));
  }

  private Optional<Secret> key(String variable) {
    return environment.text(variable).map(Secret::new);
  }

  private String whyNone() {
    if (environment.text("AWS_PROFILE").isPresent()) {
      return "AWS_PROFILE is set, but profiles live in files of the machine, which an action in a"
          + " container does not see";
    }
    return why + ", and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both" + " set";
  }

  private Optional<URI> endpoint() {
    return inputs.parsed(
        Input.AWS_ENDPOINT_URL,
        Endpoint::parse,
        "Write an address such as `aws-endpoint-url: http://localhost:4566`, or remove it to speak to"
            + " AWS itself.");
  }

  private void warnOfEndpoints(Progress progress) {
    IGNORED_ENDPOINTS.stream()
        .filter(variable -> environment.text(variable).isPresent())
        .forEach(variable ->
            progress.warning(
                "The variable %s is ignored".formatted(variable),
                "Requests with your credentials go to AWS itself. Use the input"
                    + " `aws-endpoint-url` where another endpoint is meant."));
  }
}
