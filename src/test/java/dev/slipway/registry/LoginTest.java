package dev.slipway.registry;

import dev.slipway.sandbox.RegistryServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// Tests of a login: a registry that wants one, one that does not, and an image for them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LoginTest {
  final MadeImage image = MadeImage.withLayers(1, 40_000, 30_000);
  RegistryServer open;
  RegistryServer guarded;
  PushSandbox sandbox;

  @BeforeAll
  void startServers() {
    open = RegistryServer.open();
    guarded = RegistryServer.withLogin();
  }

  @AfterAll
  void stopServers() {
    open.close();
    guarded.close();
  }

  @BeforeEach
  void begin() {
    sandbox = new PushSandbox(open);
  }

  @AfterEach
  void end() {
    sandbox.close();
  }
}
