package dev.slipway.registry;

import static dev.slipway.registry.PushFaultsTest.problemOf;
import static dev.slipway.registry.PushSandbox.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Hosts that are no registry, or none to talk to.
class RegistryHostTest {
  private final RegistryServer server = RegistryServer.open();
  private final PushSandbox sandbox = new PushSandbox(server);
  private final MadeImage image = MadeImage.withLayers(1, 40_000);

  @AfterEach
  void end() {
    sandbox.close();
    server.close();
  }

  @Test
  void neverGoesOnWithoutTrustworthyTls() {
    WireMockServer selfSigned =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().dynamicHttpsPort());
    selfSigned.start();
    try {
      String host = "127.0.0.1:" + selfSigned.httpsPort();
      KnownRegistry registry =
          new GhcrRegistry(new RegistryAddress("https", host), new RegistryLogin.OnRequest(LOGIN));
      JibImageRegistry run = sandbox.run(registry, image);

      Problem problem = problemOf(() -> run.check(run.name("acme/tls")));

      assertThat(problem.what()).isEqualTo("There is no trustworthy connection to " + host);
      assertThat(problem.fix()).contains("`ca-certificates`");
      assertThat(selfSigned.getAllServeEvents()).isEmpty();
      assertThat(sandbox.time.pauses).isEmpty();
    } finally {
      selfSigned.stop();
    }
  }

  @Test
  void speaksPlainHttpToThisMachineOnly() {
    KnownRegistry registry =
        new GhcrRegistry(
            new RegistryAddress("http", "192.0.2.1:5000"), new RegistryLogin.Anonymous());
    JibImageRegistry run = sandbox.run(registry, image);

    Problem problem = problemOf(() -> run.check(run.name("acme/plain")));

    assertThat(problem.why()).isEqualTo("TLS failed: plain HTTP to 192.0.2.1 is refused");
    assertThat(sandbox.time.pauses).as("it would be refused again").isEmpty();
  }

  @Test
  void saysThatAHostIsUnknown() {
    JibImageRegistry run =
        sandbox.run(new OtherRegistry("registry.invalid", Optional.of(LOGIN)), image);

    Problem problem = problemOf(() -> run.check(run.name("acme/shop")));

    assertThat(problem.what()).isEqualTo("The registry registry.invalid was not found");
  }

  @Test
  void saysThatNobodyListens() {
    String host = sandbox.proxy.host();
    sandbox.proxy.close();

    Problem problem = problemOf(() -> sandbox.push(image, "acme/shop", "1.0.0"));

    assertThat(problem.what()).isEqualTo("The registry %s cannot be reached".formatted(host));
    assertThat(problem.why()).endsWith("after 6 attempts");
  }

  @Test
  void isNotFooledByAServerThatSaysYesToEverything() {
    sandbox.proxy.always(_ -> Optional.of(new WireFault.Answer(200, Map.of(), "<html>Welcome")));

    Problem problem = problemOf(() -> sandbox.push(image, "acme/portal", "1.0.0"));

    assertThat(problem.what()).endsWith("does not answer like a registry");
    assertThat(problem.why()).endsWith("Received unrecognized status code 200");
  }
}
