package dev.slipway.runner.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runner.proxy.LoopbackProxy.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Tests that every HTTP client of the process uses the proxy of the environment and signs in to
/// it. Java's proxy settings belong to a whole process, so this one starts a process of its own.
class ProxyTest {
  private static final String LOGIN =
      "Basic "
          + Base64.getEncoder().encodeToString("deploy:s3cr3t!".getBytes(StandardCharsets.UTF_8));

  @Test
  void everyClientGoesThroughTheProxyInPlainHttp() throws Exception {
    try (LoopbackProxy proxy = new LoopbackProxy()) {
      List<String> answers = run(proxy, "http");

      assertThat(answers).containsExactly("proxy", "proxy", "proxy");
      assertThat(proxy.requests())
          .extracting(Request::line)
          .containsExactly(
              "GET http://github.example/ HTTP/1.1",
              "GET http://aws.example/ HTTP/1.1",
              "GET http://registry.example/ HTTP/1.1");
      assertThat(proxy.requests()).extracting(Request::login).containsOnly(LOGIN);
      assertThat(proxy.requests())
          .extracting(Request::authorization)
          .containsOnly("Bearer for-the-server");
    }
  }

  @Test
  void everyClientOpensATunnelForHttps() throws Exception {
    try (LoopbackProxy proxy = new LoopbackProxy()) {
      List<String> answers = run(proxy, "https");

      assertThat(answers).containsExactly("failed", "failed", "failed");
      assertThat(proxy.requests())
          .extracting(Request::line)
          .contains(
              "CONNECT github.example:443 HTTP/1.1",
              "CONNECT aws.example:443 HTTP/1.1",
              "CONNECT registry.example:443 HTTP/1.1");
      assertThat(proxy.requests()).extracting(Request::login).containsOnly(LOGIN);
      assertThat(proxy.requests()).extracting(Request::authorization).containsOnly("");
    }
  }

  private static List<String> run(LoopbackProxy proxy, String scheme)
      throws IOException, InterruptedException {
    ProcessBuilder process =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ProxiedClients.class.getName(),
            scheme);
    String url = "http://deploy:s3cr3t%21@127.0.0.1:" + proxy.port();
    process.environment().put("HTTP_PROXY", url);
    process.environment().put("HTTPS_PROXY", url);
    Stream.of("http_proxy", "https_proxy", "no_proxy", "NO_PROXY")
        .forEach(process.environment()::remove);
    Process running = process.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor()).isZero();
    return printed.lines().toList();
  }
}
