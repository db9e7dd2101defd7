package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that a secret is recognised in every form.
class KnownSecretsTest {
  private static final String TOKEN = "ghp_c4n4ry+/=\"S3cr3t ä";

  @Test
  void hidesASecretWhereverItStands() {
    KnownSecrets secrets = knowing(TOKEN);

    assertThat(secrets.hide("a " + TOKEN + " b " + TOKEN)).isEqualTo("a *** b ***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AB", "ABC", "x-access-token:", "AWS:"})
  void hidesItInsideBase64(String before) {
    KnownSecrets secrets = knowing("s3cr3t-t0k3n");
    String text = before + "s3cr3t-t0k3n" + before;

    String shown = secrets.hide("Basic " + base64(text));

    assertThat(decodedPieces(shown)).noneMatch(piece -> piece.contains("cr3t-t0k"));
  }

  @Test
  void hidesItInUrlsAndJsonAndXml() {
    KnownSecrets secrets = knowing(TOKEN);
    String form = URLEncoder.encode(TOKEN, StandardCharsets.UTF_8);

    assertThat(secrets.hide(form)).isEqualTo("***");
    assertThat(secrets.hide(form.replace("+", "%20"))).isEqualTo("***");
    assertThat(secrets.hide(TOKEN.replace("\"", "\\\""))).isEqualTo("***");
    assertThat(knowing("p&ss<w>rd").hide("p&amp;ss&lt;w&gt;rd")).isEqualTo("***");
  }

  @Test
  void hidesEachLineOfASecretWithSeveral() {
    KnownSecrets secrets = knowing("-----BEGIN KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n");

    assertThat(secrets.hide("x MIIEvQIBADAN y")).isEqualTo("x *** y");
    assertThat(secrets.hide("x BgkqhkiG9w0B y")).isEqualTo("x *** y");
  }

  @Test
  void hidesSecretsThatOverlap() {
    KnownSecrets secrets = knowing("abcdef");
    secrets.add("defghi");

    assertThat(secrets.hide("<abcdefghi>")).isEqualTo("<***>");
  }

  @Test
  void hidesASecretThatOverlapsItself() {
    KnownSecrets secrets = knowing("abcabc");

    assertThat(secrets.hide("<abcabcabc>")).isEqualTo("<***>");
  }

  @Test
  void leavesAloneWhatIsTooShortToBeASecret() {
    KnownSecrets secrets = knowing("app");

    assertThat(secrets.hide("the app")).isEqualTo("the app");
  }

  private static KnownSecrets knowing(String secret) {
    KnownSecrets secrets = new KnownSecrets();
    secrets.add(secret);
    return secrets;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// What an onlooker can make of the Base64 that is left, at each alignment.
  private static java.util.stream.Stream<String> decodedPieces(String shown) {
    return java.util.Arrays.stream(shown.split("[^A-Za-z0-9+/]+"))
        .flatMap(piece ->
            java.util.stream.IntStream.range(0, Math.min(4, piece.length()))
                .mapToObj(piece::substring))
        .map(piece -> piece.substring(0, piece.length() / 4 * 4))
        .map(piece -> new String(Base64.getDecoder().decode(piece), StandardCharsets.ISO_8859_1));
  }
}
