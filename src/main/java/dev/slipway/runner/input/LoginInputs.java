package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.Secret;
import dev.slipway.image.EcrHost;
import dev.slipway.runner.Environment;
import java.net.URI;
import java.util.Optional;

/// The login for the registry.
final class LoginInputs {
  private final InputTexts inputs;
  private final Environment environment;
  private final URI home;

  /// @param home the API of this run's GitHub
  LoginInputs(InputTexts inputs, Environment environment, URI home) {
    this.inputs = inputs;
    this.environment = environment;
    this.home = home;
  }

  /// Empty where none was given and none is needed.
  ///
  /// @param pushes whether anything is pushed
  Optional<Login> read(Optional<RegistryChoice> registry, boolean pushes) {
    Optional<String> username = inputs.text(Input.REGISTRY_USERNAME);
    Optional<Secret> password = inputs.secret(Input.REGISTRY_PASSWORD);
    return registry.flatMap(known ->
        switch (known) {
          case RegistryChoice.Ghcr _ -> ghcr(username, password, pushes);
          case RegistryChoice.Ecr _, RegistryChoice.EcrPublic _ -> ecr(username, password);
          case RegistryChoice.Host(String host) when EcrHost.parse(host).isPresent() ->
              ecr(username, password);
          case RegistryChoice.Host _ -> host(username, password);
        });
  }

  private Optional<Login> ghcr(
      Optional<String> username, Optional<Secret> password, boolean pushes) {
    boolean atHome = "api.github.com".equalsIgnoreCase(home.getHost());
    if (!atHome && pushes && !inputs.isGiven(Input.REGISTRY_PASSWORD)) {
      inputs.missing(
          Input.REGISTRY_PASSWORD,
          "GHCR belongs to github.com, and `github-token` is for %s and goes only there"
              .formatted(home.getHost()),
          "Set `registry-username` and `registry-password` to a user of github.com and a token with"
              + " `write:packages`; or write your own server's registry, a host, as `registry`.");
      return Optional.empty();
    }
    Optional<Secret> token =
        password.or(() -> atHome ? inputs.secret(Input.GITHUB_TOKEN) : Optional.empty());
    if (token.isEmpty() && pushes && !inputs.isGiven(Input.REGISTRY_PASSWORD)) {
      inputs.missing(
          Input.GITHUB_TOKEN,
          "pushing to GHCR needs a token, and `registry-password` is empty too",
          "Leave `github-token` away, so that it has its default, and give the job `permissions:"
              + " packages: write`; or set `registry-password` to a token with `write:packages`.");
    }
    // GHCR reads the token only, but wants a name.
    String name = username.or(() -> environment.text("GITHUB_ACTOR")).orElse("github-actions");
    return token.map(secret -> new Login(name, secret));
  }

  private Optional<Login> ecr(Optional<String> username, Optional<Secret> password) {
    if (username.isPresent() || password.isPresent()) {
      inputs.add(
          "`registry-username` and `registry-password` are not for Amazon ECR",
          "Slipway signs in there with the job's AWS credentials",
          "Remove the two, and run aws-actions/configure-aws-credentials in an earlier step.");
    }
    return Optional.empty();
  }

  private Optional<Login> host(Optional<String> username, Optional<Secret> password) {
    boolean passwordGiven = inputs.isGiven(Input.REGISTRY_PASSWORD);
    if (username.isPresent() && !passwordGiven) {
      inputs.missing(
          Input.REGISTRY_PASSWORD,
          "`registry-username` is set. A secret that does not exist, or that a fork's pull request may"
              + " not read, is empty",
          "Set both, or neither for a registry that asks for no login.");
    }
    if (username.isEmpty() && passwordGiven) {
      inputs.missing(
          Input.REGISTRY_USERNAME,
          "`registry-password` is set",
          "Set both, or neither for a registry that asks for no login.");
    }
    return username.flatMap(name -> password.map(secret -> new Login(name, secret)));
  }
}
