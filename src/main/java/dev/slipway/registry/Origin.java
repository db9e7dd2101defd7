package dev.slipway.registry;

import dev.slipway.image.ImageName;

/// Where an image comes from that a registry has already, whole or as a base.
///
/// @param login who may read it
/// @param use what it is read for
record Origin(RegistryAddress address, RegistryLogin login, ImageName name, SourceUse use) {
  SourceProblems problems() {
    return new SourceProblems(this);
  }
}
