package dev.slipway.runner.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import dev.slipway.runner.Variables;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests which requests go through which proxy: as actions/toolkit decides.
class ProxySettingsTest {
  private final Variables environment = new Variables();

  @ParameterizedTest
  @CsvSource({
    "https_proxy, https://api.github.com/x, proxy.example:3128",
    "HTTPS_PROXY, https://api.github.com/x, proxy.example:3128",
    "http_proxy, http://api.github.com/x, proxy.example:3128",
    "HTTP_PROXY, http://api.github.com/x, proxy.example:3128",
    "HTTPS_PROXY, http://api.github.com/x, direct",
    "HTTP_PROXY, https://api.github.com/x, direct",
    "ALL_PROXY, https://api.github.com/x, direct",
  })
  void choosesByScheme(String variable, URI uri, String expected) {
    environment.with(variable, "http://proxy.example:3128");

    assertThat(proxyFor(uri)).isEqualTo(expected);
  }

  @Test
  void lowerCaseComesFirst() {
    environment.with("HTTPS_PROXY", "http://upper:1").with("https_proxy", "http://lower:2");

    assertThat(proxyFor(URI.create("https://ghcr.io"))).isEqualTo("lower:2");
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, https://ghcr.io/v2/, direct",
    "GHCR.IO, https://ghcr.io/v2/, direct",
    "ghcr.io, https://x.ghcr.io/v2/, direct",
    ".ghcr.io, https://x.ghcr.io/v2/, direct",
    ".ghcr.io, https://ghcr.io/v2/, proxied",
    "hcr.io, https://ghcr.io/v2/, proxied",
    "ghcr.io:443, https://ghcr.io/v2/, direct",
    "ghcr.io:8443, https://ghcr.io/v2/, proxied",
    "ghcr.io:8443, https://ghcr.io:8443/v2/, direct",
    "'a.example, ghcr.io ,b.example', https://ghcr.io/v2/, direct",
    "*, https://ghcr.io/v2/, direct",
    "*.io, https://ghcr.io/v2/, proxied",
    "'', https://localhost:5000/v2/, direct",
    "'', https://127.0.0.1:5000/v2/, direct",
    "'', https://[::1]:5000/v2/, direct",
    "'', https://127.attacker.example/v2/, proxied",
  })
  void passesByTheProxy(String noProxy, URI uri, String expected) {
    environment.with("https_proxy", "http://proxied:80").with("NO_PROXY", noProxy);

    assertThat(proxyFor(uri)).isEqualTo(expected.equals("direct") ? "direct" : "proxied:80");
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.example:3128, proxy.example:3128",
    "http://proxy.example, proxy.example:80",
    "HTTP://proxy.example:8080/, proxy.example:8080",
    "http://user:p%40ss@proxy.example:3128, proxy.example:3128",
    "http://[::1]:3128, [::1]:3128",
  })
  void readsTheAddress(String given, String expected) {
    environment.with("https_proxy", given);

    assertThat(proxyFor(URI.create("https://ghcr.io"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:s3cr3t@proxy.example",
        "socks5://user:s3cr3t@proxy.example:1080",
        "http://user:s3cr3t@",
        "http://user:s3cr3t@ proxy",
        "://user:s3cr3t@proxy",
      })
  void refusesWhatIsNoHttpProxyWithoutShowingItsPassword(String given) {
    environment.with("HTTPS_PROXY", given);
    ProxySettings settings = ProxySettings.from(environment);

    assertThat(settings.secrets()).contains("s3cr3t");
    assertThatThrownBy(settings::install)
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void readsALoginWithEscapedCharacters() {
    ProxyServer server = ProxyServer.parse("http://us%3Aer:p%40ss+w:rd@proxy:1");

    assertThat(server.user()).isEqualTo("us:er");
    assertThat(server.password()).isEqualTo("p@ss+w:rd");
    assertThat(server).hasToString("proxy:1");
  }

  private String proxyFor(URI uri) {
    Proxy proxy = ProxySettings.from(environment).selector().select(uri).getFirst();
    return proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "direct";
  }
}
