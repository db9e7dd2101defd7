package dev.slipway.registry;

import dev.slipway.delivery.SecretKeeper;
import dev.slipway.image.ImageName;
import java.util.function.Function;

/// The registries that images are copied from.
public final class SourceRegistries {
  private final Function<ImageName, Origin> origins;
  private final RegistryConnector connector;

  /// @param secrets told every password and token before its first use
  public SourceRegistries(RegistryAccess access, SecretKeeper secrets) {
    this(access::origin, new RegistryConnector(Retry.patiently(), secrets));
  }

  SourceRegistries(Function<ImageName, Origin> origins, RegistryConnector connector) {
    this.origins = origins;
    this.connector = connector;
  }

  /// Signs in. The caller closes the repository.
  ///
  /// @throws dev.slipway.problem.ActionException when the login is missing or refused
  public SourceRepository open(ImageName name) {
    Origin origin = origins.apply(name);
    try {
      return connector.open(origin);
    } catch (RegistryFailure e) {
      throw origin.problems().of(e);
    }
  }
}
