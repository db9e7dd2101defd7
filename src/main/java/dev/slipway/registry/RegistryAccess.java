package dev.slipway.registry;

import dev.slipway.aws.AwsAccess;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.RunContext;
import dev.slipway.image.EcrHost;
import java.util.Optional;

/// Which registry, and what opens it.
///
/// @param create whether a missing ECR repository is created
/// @param actor who started the run: the user name for GHCR where no other is given
public record RegistryAccess(
    RegistryChoice choice, boolean create, Inputs.Access access, String actor) {

  /// What a run says. GHCR where nothing is to be pushed: then nobody asks.
  public static RegistryAccess of(Inputs inputs, RunContext run) {
    return new RegistryAccess(
        inputs.registry().orElseGet(RegistryChoice.Ghcr::new),
        inputs.createRepository(),
        inputs.access(),
        run.actor());
  }

  /// The registry.
  ///
  /// @throws dev.slipway.problem.ActionException when nothing says who to be there
  KnownRegistry registry() {
    return switch (choice) {
      case RegistryChoice.Ecr _ -> ecr(Optional.empty());
      case RegistryChoice.Ghcr _ -> ghcr();
      case RegistryChoice.Host(String host) when EcrHost.parse(host).isPresent() ->
          ecr(Optional.of(host));
      case RegistryChoice.Host(String host) when host.equalsIgnoreCase(GhcrRegistry.HOST) -> ghcr();
      case RegistryChoice.Host(String host) -> new OtherRegistry(host, access.registryLogin());
    };
  }

  private KnownRegistry ecr(Optional<String> host) {
    return new EcrRegistry(new AwsAccess(access.aws()), host, create);
  }

  private KnownRegistry ghcr() {
    Login login =
        access
            .registryLogin()
            .or(() -> access.gitHubToken().map(token -> new Login(actor, token)))
            .orElseThrow(SetupProblems::noGhcrLogin);
    return new GhcrRegistry(login);
  }
}
