package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.Access;
import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.Secret;
import dev.slipway.runner.Environment;
import java.net.URI;
import java.util.Optional;

/// The inputs that open doors: tokens, logins, and where each of them goes.
final class AccessInputs {
  private static final String GITHUB_API = "https://api.github.com";

  private final InputTexts inputs;
  private final Environment environment;

  AccessInputs(InputTexts inputs, Environment environment) {
    this.inputs = inputs;
    this.environment = environment;
  }

  /// @param progress hears warnings
  Access read(Optional<RegistryChoice> registry, AwsNeeds needs, Progress progress) {
    URI home = home();
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
        gitHubToken, gitOpsToken(gitHubToken, gitOpsApi.equals(home)), gitOpsApi, login, aws);
  }

  private URI home() {
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

  private Optional<Secret> gitOpsToken(Optional<Secret> gitHubToken, boolean atHome) {
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
