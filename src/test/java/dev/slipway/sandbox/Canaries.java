package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// The secrets of the sandbox. Each of them is marked, so that a search through anything that was
/// captured finds it, plain or encoded.
public final class Canaries {
  /// Of the application repository; may only read it.
  public static final String GITHUB_TOKEN = "ghs_canaryCANARYcanaryCANARYcanaryCANARY01";

  /// Of the GitOps repository; may write contents and pull requests.
  public static final String GITOPS_TOKEN = "github_pat_canaryCANARYcanaryCANARYcanary02";

  /// Of Argo CD.
  public static final String ARGOCD_TOKEN =
      "eyJhbGciOiJIUzI1NiJ9.canaryCANARYcanary04.CANARYcanary";

  private static final List<String> ALL =
      List.of(
          GITHUB_TOKEN,
          GITOPS_TOKEN,
          ARGOCD_TOKEN,
          FakeEcr.SECRET_KEY,
          FakeSts.REQUEST_TOKEN,
          FakeSts.SIGNATURE,
          FakeEcr.SESSION_TOKEN,
          RegistryServer.PASSWORD,
          TunnelProxy.PASSWORD);

  private Canaries() {}

  /// Asserts that `text` holds none of them.
  public static void assertAbsentFrom(String text) {
    for (String secret : ALL) {
      assertThat(text)
          .doesNotContain(secret)
          .doesNotContain(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      for (int before = 0; before < 3; before++) {
        assertThat(text).doesNotContain(base64(secret, before));
      }
    }
  }

  /// What Base64 makes of the secret behind so many other bytes, without what its ends share with
  /// their neighbours.
  private static String base64(String secret, int before) {
    byte[] bytes = ("x".repeat(before) + secret).getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    return encoded.substring(before == 0 ? 0 : 4, encoded.length() - 1);
  }
}
