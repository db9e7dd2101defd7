package dev.slipway.registry;

import dev.slipway.delivery.Pace;
import dev.slipway.delivery.SecretKeeper;
import dev.slipway.image.ImageName;

/// The registries that images come from: those to copy, and those to build on.
public final class SourceRegistries {
  private final Origins origins;
  private final RegistryConnector connector;

  /// @param secrets told every password and token before its first use
  /// @param pace of the run
  public SourceRegistries(RegistryAccess access, SecretKeeper secrets, Pace pace) {
    this(access::origin, RegistryConnector.at(pace, secrets));
  }

  SourceRegistries(Origins origins, RegistryConnector connector) {
    this.origins = origins;
    this.connector = connector;
  }

  /// Knows where an image is, and who may read it.
  interface Origins {
    Origin of(ImageName name, SourceUse use);
  }

  /// Signs in. The caller closes the repository.
  ///
  /// @throws dev.slipway.problem.ActionException when the login is missing or refused
  public SourceRepository open(ImageName name, SourceUse use) {
    Origin origin = origins.of(name, use);
    try {
      return connector.open(origin);
    } catch (RegistryFailure e) {
      throw origin.problems().of(e);
    }
  }
}
