package dev.slipway.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.delivery.ApplicationName;
import dev.slipway.problem.ActionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses and names as people write them.
class AddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/acme/gitops",
        "https://github.com/acme/gitops.git",
        "https://github.com/acme/gitops/",
        "https://GitHub.com/Acme/GitOps.git",
        "https://user:password@github.com/acme/gitops",
        "https://www.github.com/acme/gitops",
        "http://github.com:80/acme/gitops",
        "git@github.com:acme/gitops.git",
        "git@github.com:/acme/gitops.git",
        "github.com:acme/gitops",
        "ssh://git@github.com/acme/gitops.git",
        "ssh://git@ssh.github.com:443/acme/gitops.git",
        " https://github.com/acme/gitops ",
      })
  void knowsARepositoryHoweverItIsWritten(String url) {
    assertThat(RepositoryUrl.parse(url)).hasToString("github.com/acme/gitops");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/acme/gitops2",
        "https://github.com/acme/gitops.gitx",
        "https://github.example/acme/gitops",
        "https://github.com.example/acme/gitops",
        "https://example.com/github.com/acme/gitops",
        "https://github.com@example.com/acme/gitops",
        "acme/gitops",
        "",
      })
  void confusesNoRepositoryWithAnother(String url) {
    assertThat(RepositoryUrl.parse(url).toString()).isNotEqualTo("github.com/acme/gitops");
  }

  @ParameterizedTest
  @CsvSource({
    "argocd.example.com, https://argocd.example.com",
    "https://argocd.example.com/, https://argocd.example.com",
    "HTTPS://ArgoCD.example.com:8443, https://argocd.example.com:8443",
    "https://tools.example.com/argocd/, https://tools.example.com/argocd",
    "tools.example.com/argocd, https://tools.example.com/argocd",
    "http://localhost:8080, http://localhost:8080",
    "http://127.0.0.1:8080/argocd, http://127.0.0.1:8080/argocd",
    "http://[::1]:8080, http://[::1]:8080",
  })
  void readsTheAddressOfAServer(String text, String address) {
    assertThat(ServerAddress.parse(text)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://argocd.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://10.0.0.1",
        "ftp://argocd.example.com",
        "https://user:hunter2@argocd.example.com",
        "https://argocd.example.com?token=hunter2",
        "https://argocd.example.com#hunter2",
        "https://",
        "https://a b",
        "",
      })
  void refusesAnAddressThatIsNotSafe(String text) {
    assertThatThrownBy(() -> ServerAddress.parse(text))
        .isInstanceOf(ActionException.class)
        .hasMessageStartingWith("`argocd-server` is not an address of Argo CD: ")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "shop.prod", "team-a/shop", "a", "0"})
  void readsTheNameOfAnApplication(String text) {
    assertThat(ApplicationName.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/shop",
        "team/",
        "a/b/c",
        "Shop",
        "shop?x",
        "../shop",
        "shop ",
        "-shop",
        "a.b/shop"
      })
  void refusesWhatKubernetesWould(String text) {
    assertThatThrownBy(() -> ApplicationName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an application");
  }
}
