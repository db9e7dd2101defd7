package com.google.cloud.tools.jib.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.ProjectInfo;
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PooledHttpClientTest {
  private static final int A_MINUTE = 60_000;

  /// What this client overrides and borrows is not promised by Jib. Before raising the version
  /// here, read what changed in FailoverHttpClient, Request, Response, BlobPusher, BlobChecker,
  /// AuthenticationMethodRetriever and RegistryAuthenticator.
  @Test
  void wasWrittenForThisVersionOfJib() {
    String version = ProjectInfo.class.getPackage().getImplementationVersion();

    assertThat(version).isEqualTo("0.28.1");
  }

  @Test
  void overridesEveryWayToSendARequest() {
    assertThat(
            Arrays.stream(FailoverHttpClient.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName))
        .containsExactlyInAnyOrder(
            "get", "post", "put", "call", "shutDown", "getTransportsCreated");
  }

  @Test
  void keepsItsConnection() throws IOException {
    try (RegistryServer server = RegistryServer.open();
        RecordingProxy proxy = RecordingProxy.before(server.host())) {
      PooledHttpClient client = new PooledHttpClient(2, true, (_, _) -> {}, Duration.ofMinutes(1));
      URL url = URI.create("http://" + proxy.host() + "/v2/").toURL();
      for (int i = 0; i < 5; i++) {
        client.get(url, Request.builder().build()).close();
      }

      assertThat(proxy.connections()).isEqualTo(1);
      client.shutDown();
    }
  }

  @Test
  void keepsItsConnectionAfterARefusal() throws IOException {
    try (RegistryServer server = RegistryServer.open();
        RecordingProxy proxy = RecordingProxy.before(server.host())) {
      PooledHttpClient client = new PooledHttpClient(2, true, (_, _) -> {}, Duration.ofMinutes(1));
      URL url = URI.create("http://" + proxy.host() + "/v2/acme/shop/manifests/none").toURL();

      for (int i = 0; i < 5; i++) {
        refusalOf(client, url);
      }

      assertThat(proxy.connections()).isEqualTo(1);
      client.shutDown();
    }
  }

  @Test
  void readsARefusalUpToALimit() throws IOException {
    try (RegistryServer server = RegistryServer.open();
        RecordingProxy proxy = RecordingProxy.before(server.host())) {
      proxy.always(_ -> Optional.of(WireFault.refusal(400, "LONG", "x".repeat(1_000_000))));
      PooledHttpClient client = new PooledHttpClient(2, true, (_, _) -> {}, Duration.ofMinutes(1));

      ResponseException refusal =
          refusalOf(client, URI.create("http://" + proxy.host() + "/v2/").toURL());

      assertThat(refusal.getContent()).hasSize(64 * 1024);
      client.shutDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void givesUpWhenItsThreadIsInterrupted(String scheme) throws Exception {
    PooledHttpClient client = new PooledHttpClient(1, true, (_, _) -> {}, Duration.ofMinutes(1));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      URL url = URI.create(scheme + "://127.0.0.1:" + silent.getLocalPort()).toURL();
      Request patient = Request.builder().setHttpTimeout(A_MINUTE).build();
      FutureTask<Throwable> call =
          new FutureTask<>(() -> catchThrowable(() -> client.get(url, patient)));
      Thread caller = Thread.ofPlatform().start(call);
      try (Socket connected = silent.accept()) {
        assertThat(connected.getInputStream().read()).isNotNegative();

        caller.interrupt();

        assertThat(call.get()).isInstanceOf(IOException.class);
      }
    } finally {
      client.shutDown();
    }
  }

  private static ResponseException refusalOf(PooledHttpClient client, URL url) {
    return catchThrowableOfType(
        ResponseException.class, () -> client.get(url, Request.builder().build()));
  }
}
