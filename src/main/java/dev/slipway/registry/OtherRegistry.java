package dev.slipway.registry;

import dev.slipway.delivery.Inputs.Login;
import dev.slipway.image.ImageName;
import java.util.Optional;

/// A registry of which only the host is known.
///
/// @param host as in the image's name
record OtherRegistry(String host, Optional<Login> given) implements KnownRegistry {
  /// Without a login only a registry on this machine itself is believed to take a push.
  @Override
  public RegistryLogin login() {
    return given
        .<RegistryLogin>map(RegistryLogin.OnRequest::new)
        .orElseGet(() -> {
          if (!RegistryAddress.isThisMachine(host)) {
            throw SetupProblems.noLogin(host);
          }
          return new RegistryLogin.Anonymous();
        });
  }

  @Override
  public ImageName name(String repository) {
    return KnownRegistry.name(host, repository);
  }

  @Override
  public RegistryAddress address() {
    return RegistryAddress.of(host);
  }
}
