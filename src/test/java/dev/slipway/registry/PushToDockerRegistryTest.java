package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.sandbox.RegistryServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PushToDockerRegistryTest extends PushContract {
  private static final Path SKOPEO = Path.of("/usr/bin/skopeo");

  @Override
  RegistryServer start() {
    return RegistryServer.open();
  }

  @Test
  void othersFindTheSameDigest() throws Exception {
    assumeTrue(Files.isExecutable(SKOPEO));
    MadeImage image = MadeImage.withLayers(1, 50_000);
    try (RegistryServer server = RegistryServer.open();
        PushSandbox sandbox = new PushSandbox(server)) {
      sandbox.push(image, "acme/shop", "1.0.0");

      Process inspect =
          new ProcessBuilder(
                  SKOPEO.toString(),
                  "inspect",
                  "--tls-verify=false",
                  "--format={{.Digest}}",
                  "docker://" + server.host() + "/acme/shop:1.0.0")
              .redirectErrorStream(true)
              .start();

      assertThat(new String(inspect.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains(image.digest().value());
    }
  }
}
