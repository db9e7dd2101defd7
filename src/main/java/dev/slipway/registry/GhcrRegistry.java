package dev.slipway.registry;

import dev.slipway.delivery.Inputs.Login;
import dev.slipway.image.ImageName;
import java.util.Locale;

/// GitHub's container registry.
record GhcrRegistry(RegistryAddress address, RegistryLogin login) implements KnownRegistry {
  static final String HOST = "ghcr.io";

  GhcrRegistry(Login login) {
    this(RegistryAddress.of(HOST), new RegistryLogin.OnRequest(login));
  }

  /// Lower-cases the repository: GHCR takes nothing else, and GitHub's owners may be upper-case.
  @Override
  public ImageName name(String repository) {
    String path = repository.toLowerCase(Locale.ROOT);
    if (!path.contains("/")) {
      throw SetupProblems.noOwner(repository);
    }
    return KnownRegistry.name(address.host(), path);
  }
}
