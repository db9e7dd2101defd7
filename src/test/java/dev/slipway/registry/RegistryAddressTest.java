package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryAddressTest {
  @ParameterizedTest
  @CsvSource({
    "ghcr.io, https, ghcr.io",
    "registry.example.com:5000, https, registry.example.com:5000",
    "docker.io, https, registry-1.docker.io",
    "localhost, http, localhost",
    "localhost:5000, http, localhost:5000",
    "127.0.0.1:5000, http, 127.0.0.1:5000",
    "127.1.2.3, http, 127.1.2.3",
    "[::1]:5000, http, [::1]:5000",
    "localhost.example.com, https, localhost.example.com",
    "127.0.0.1.example.com, https, 127.0.0.1.example.com",
    "10.0.0.1:5000, https, 10.0.0.1:5000"
  })
  void usesTlsExceptOnThisMachine(String name, String scheme, String host) {
    RegistryAddress address = RegistryAddress.of(name);

    assertThat(address).isEqualTo(new RegistryAddress(scheme, host));
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, https://ghcr.io/token, true",
    "ghcr.io, https://GHCR.IO/token, true",
    "ghcr.io, http://ghcr.io/token, false",
    "ghcr.io, https://user@ghcr.io/token, false",
    "ghcr.io, https:///token, false",
    "ghcr.io, https:token, false",
    "ghcr.io, https://ghcr.io.example.com/token, false",
    "ghcr.io, https://example.com/token, false",
    "ghcr.io, https://io/token, false",
    "docker.io, https://auth.docker.io/token, true",
    "registry.example.com, https://auth.docker.io/token, false",
    "registry.gitlab.com, https://gitlab.com/jwt/auth, true",
    "gitlab.com, https://registry.gitlab.com/jwt/auth, false",
    "registry.example.com:5000, https://registry.example.com:5001/token, true",
    "registry.example.com, http://localhost/token, false",
    "10.0.0.1, https://0.0.1/token, false",
    "127.0.0.1:5000, http://127.0.0.1:5001/token, true",
    "127.0.0.1:5000, https://127.0.0.1:5001/token, true",
    "127.0.0.1:5000, http://localhost:5001/token, false",
    "127.0.0.1:5000, ftp://127.0.0.1/token, false"
  })
  void showsTheLoginToTheRegistryOnly(String registry, String url, boolean trusted)
      throws MalformedURLException {
    RegistryAddress address = RegistryAddress.of(registry);

    assertThat(address.trusts(URI.create(url).toURL())).isEqualTo(trusted);
  }
}
