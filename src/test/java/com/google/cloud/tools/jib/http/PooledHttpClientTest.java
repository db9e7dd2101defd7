package com.google.cloud.tools.jib.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PooledHttpClientTest {
  private static final int A_MINUTE = 60_000;

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void givesUpWhenItsThreadIsInterrupted(String scheme) throws Exception {
    PooledHttpClient client = new PooledHttpClient(1, true, _ -> {});
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String address = "%s://127.0.0.1:%d/".formatted(scheme, silent.getLocalPort());
      FutureTask<Throwable> call = new FutureTask<>(() -> failure(client, address));
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

  private static Throwable failure(PooledHttpClient client, String address) throws IOException {
    Request request = Request.builder().setHttpTimeout(A_MINUTE).setUserAgent("test").build();
    try {
      client.call("GET", URI.create(address).toURL(), request).close();
    } catch (IOException e) {
      return e;
    }
    throw new AssertionError("an answer from a silent server");
  }
}
