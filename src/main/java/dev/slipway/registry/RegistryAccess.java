package dev.slipway.registry;

import dev.slipway.aws.AwsAccess;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.RunContext;
import dev.slipway.image.EcrHost;
import dev.slipway.image.ImageName;
import java.util.Optional;

/// Which registry, and what opens it.
///
/// @param create whether a missing ECR repository is created
/// @param aws who to be at AWS
/// @param actor who started the run: the user name for GHCR where no other is given
public record RegistryAccess(
    RegistryChoice choice, boolean create, Inputs.Access access, AwsAccess aws, String actor) {

  /// What a run says. GHCR where nothing is to be pushed: then nobody asks.
  public static RegistryAccess of(Inputs inputs, AwsAccess aws, RunContext run) {
    Inputs.Access access = inputs.access();
    return new RegistryAccess(
        inputs.registry().orElseGet(RegistryChoice.Ghcr::new),
        inputs.createRepository(),
        run.isOnGitHubCom() ? access : access.withoutGitHubToken(),
        aws,
        run.actor());
  }

  /// The registry.
  ///
  /// @throws dev.slipway.problem.ActionException when nothing says who to be there
  KnownRegistry registry() {
    return switch (choice) {
      case RegistryChoice.Ecr _ -> ecr(Optional.empty());
      case RegistryChoice.EcrPublic _ -> new EcrPublicRegistry(aws, create);
      case RegistryChoice.Ghcr _ -> ghcr();
      case RegistryChoice.Host(String host) when EcrHost.parse(host).isPresent() ->
          ecr(Optional.of(host));
      case RegistryChoice.Host(String host) when host.equalsIgnoreCase(GhcrRegistry.HOST) -> ghcr();
      case RegistryChoice.Host(String host) -> new OtherRegistry(host, access.registryLogin());
    };
  }

  /// How to read `name`. The login of the registry that is pushed to is shown to that registry
  /// only, the job's token to GHCR, AWS's to ECR; others hand out what is public.
  Origin origin(ImageName name, SourceUse use) {
    String host = name.registry();
    RegistryAddress address = RegistryAddress.of(host);
    if (isTarget(host)) {
      KnownRegistry target = registry();
      return new Origin(target.address(), target.login(), name, use);
    }
    if (EcrHost.parse(host).isPresent()) {
      return new Origin(address, ecr(Optional.of(host)).login(), name, use);
    }
    RegistryLogin login =
        host.equals(GhcrRegistry.HOST)
            ? access
                .gitHubToken()
                .<RegistryLogin>map(token -> new RegistryLogin.OnRequest(new Login(actor, token)))
                .orElseGet(RegistryLogin.Guest::new)
            : new RegistryLogin.Guest();
    return new Origin(address, login, name, use);
  }

  private boolean isTarget(String host) {
    return switch (choice) {
      case RegistryChoice.Ghcr _ ->
          host.equals(GhcrRegistry.HOST) && access.registryLogin().isPresent();
      case RegistryChoice.Host(String target) ->
          RegistryAddress.of(host).host().equalsIgnoreCase(RegistryAddress.of(target).host());
      // Whatever plays AWS on this machine has its registry there, too.
      case RegistryChoice.EcrPublic _ when host.equals(EcrPublicRegistry.HOST) -> true;
      case RegistryChoice.Ecr _, RegistryChoice.EcrPublic _ ->
          access.aws().endpoint().isPresent()
              && RegistryAddress.isThisMachine(host)
              && registry().address().host().equals(host);
    };
  }

  private KnownRegistry ecr(Optional<String> host) {
    return new EcrRegistry(aws, host, create);
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
