package dev.slipway.registry;

import dev.slipway.image.ImageName;

/// Where an image comes from that a registry has already.
///
/// @param login who may read it
record Origin(RegistryAddress address, RegistryLogin login, ImageName name) {
  SourceProblems problems() {
    return new SourceProblems(this);
  }
}
