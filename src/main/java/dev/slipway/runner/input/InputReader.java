package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Inputs.Access;
import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.Inputs.Component;
import dev.slipway.delivery.Inputs.EcsService;
import dev.slipway.delivery.Inputs.GitOps;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Inputs.RemoteScript;
import dev.slipway.delivery.Inputs.Versioning;
import dev.slipway.delivery.Operation;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.Secret;
import dev.slipway.image.Attestations;
import dev.slipway.problem.ActionException;
import dev.slipway.runner.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads every input, and reports all that is wrong at once.
public final class InputReader {
  private static final String GITHUB_API = "https://api.github.com";

  private final Environment environment;
  private final Progress progress;

  /// @param progress hears warnings
  public InputReader(Environment environment, Progress progress) {
    this.environment =
        OperationInputs.isRollback(environment)
            ? OperationInputs.ofRollback(environment)
            : environment;
    this.progress = progress;
  }

  /// The inputs, checked against each other and against the files of the workspace. Nothing is
  /// changed and nobody is asked.
  ///
  /// @throws ActionException with every problem found
  public Inputs read() {
    InputTexts inputs = new InputTexts(environment);
    OperationInputs purpose = new OperationInputs(inputs);
    Operation operation = purpose.read();
    LocalFiles files = new LocalFiles(environment, inputs);
    TagInputs tags = new TagInputs(inputs, environment);
    RegistryInputs registries = new RegistryInputs(inputs);
    Versioning versioning = tags.versioning(new ReleaseInputs(inputs).read());
    Optional<RegistryChoice> registry = registries.registry();
    List<Component> components =
        new ComponentInputs(inputs, files, registries, tags).read(registry, operation);
    boolean pushes =
        inputs.isGiven(Input.IMAGE) || anyIsPushed(components) || retags(operation, registry);
    boolean create = registries.create(registry, pushes);
    Duration limit = inputs.minutes(Input.TIMEOUT, 1);
    Optional<GitOps> gitOps = new GitOpsInputs(inputs, files).read(limit, progress);
    if (operation instanceof Operation.Deploy) {
      new TemplateNeeds(inputs, components).check(gitOps);
    }
    Optional<EcsService> ecs = new EcsInputs(inputs, files).read(components, limit);
    Optional<RemoteScript> script = new SsmInputs(inputs, environment).read(limit);
    Access access = access(inputs, registry, new AwsNeeds(pushes, ecs));
    Optional<Attestations> attestations =
        inputs.parsed(
            Input.ATTESTATIONS,
            InputReader::attestations,
            "Write `attestations: keep` or `attestations: strip`.");
    boolean dryRun = inputs.flag(Input.DRY_RUN);
    Optional<String> deploymentEnvironment = purpose.environment();
    inputs.throwIfAny();
    return new Inputs(
        operation,
        versioning,
        components,
        registry,
        create,
        attestations.orElseThrow(),
        gitOps,
        ecs,
        script,
        deploymentEnvironment,
        access,
        dryRun);
  }

  private static Attestations attestations(String text) {
    return switch (text) {
      case "keep" -> Attestations.KEEP;
      case "strip" -> Attestations.STRIP;
      default -> throw new IllegalArgumentException("it is neither `keep` nor `strip`");
    };
  }

  /// A rollback looks the images up, and points their tags at them again.
  private static boolean retags(Operation operation, Optional<RegistryChoice> registry) {
    return operation instanceof Operation.Rollback && registry.isPresent();
  }

  private static boolean anyIsPushed(List<Component> components) {
    return components.stream().anyMatch(component -> component.source().isPresent());
  }

  private Access access(InputTexts inputs, Optional<RegistryChoice> registry, AwsNeeds needs) {
    URI home = home(inputs);
    Optional<Login> login =
        new LoginInputs(inputs, environment, home).read(registry, needs.pushes());
    Aws aws = new AwsInputs(inputs, environment).read(registry, needs, progress);
    Optional<Secret> gitHubToken = inputs.secret(Input.GITHUB_TOKEN);
    URI gitOpsApi =
        inputs
            .parsed(
                Input.GITOPS_API_URL,
                Endpoint::parse,
                "Write the API's address, such as `https://github.example.com/api/v3`.")
            .orElse(home);
    return new Access(
        gitHubToken,
        gitOpsToken(inputs, gitHubToken, gitOpsApi.equals(home)),
        gitOpsApi,
        login,
        aws);
  }

  private URI home(InputTexts inputs) {
    String given = environment.text("GITHUB_API_URL").orElse(GITHUB_API);
    try {
      return Endpoint.parse(given);
    } catch (IllegalArgumentException e) {
      inputs.add(
          "The variable GITHUB_API_URL cannot be used",
          "`%s`: %s".formatted(InputTexts.shown(given), e.getMessage()),
          "The runner sets it; look how its GitHub server is addressed.");
      return URI.create(GITHUB_API);
    }
  }

  private Optional<Secret> gitOpsToken(
      InputTexts inputs, Optional<Secret> gitHubToken, boolean atHome) {
    Optional<Secret> token = inputs.secret(Input.GITOPS_TOKEN);
    boolean needed = inputs.isGiven(Input.GITOPS_REPOSITORY) && !inputs.isGiven(Input.GITOPS_TOKEN);
    if (needed && !(atHome && inputs.isGiven(Input.GITHUB_TOKEN))) {
      inputs.missing(
          Input.GITOPS_TOKEN,
          atHome
              ? "`gitops-repository` is set, and `github-token` is empty too. A secret that does not"
                  + " exist, or that a fork's pull request may not read, is empty"
              : "`gitops-api-url` names another host, and `github-token` goes only to its own",
          "Set it to a token with Contents and Pull requests write in the GitOps repository.");
    }
    return token.or(() -> atHome ? gitHubToken : Optional.empty());
  }
}
