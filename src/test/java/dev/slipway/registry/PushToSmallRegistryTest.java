package dev.slipway.registry;

import dev.slipway.sandbox.RegistryServer;
import java.io.IOException;

/// The stand-in for machines without `docker-registry` passes what the real one passes.
class PushToSmallRegistryTest extends PushContract {
  @Override
  RegistryServer start() throws IOException {
    return RegistryServer.small();
  }
}
