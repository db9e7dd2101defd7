package dev.slipway.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTextTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "alpine, docker.io/library/alpine, latest",
    "alpine:3.22, docker.io/library/alpine, 3.22",
    "acme/shop:1.2, docker.io/acme/shop, 1.2",
    "docker.io/alpine, docker.io/library/alpine, latest",
    "index.docker.io/acme/shop, docker.io/acme/shop, latest",
    "ghcr.io/acme/shop:v1, ghcr.io/acme/shop, v1",
    "localhost/shop, localhost/shop, latest",
    "localhost:5000/shop, localhost:5000/shop, latest",
    "localhost:5000/shop:1, localhost:5000/shop, 1",
    "Registry/shop, Registry/shop, latest"
  })
  void fillsInWhatDockerFillsIn(String text, String name, String tag) {
    ImageReferenceText reference = ImageReferenceText.parse(text);

    assertThat(reference.name()).hasToString(name);
    assertThat(reference.tag()).hasToString(tag);
    assertThat(reference.digest()).isEmpty();
  }

  @Test
  void readsADigestBesideATag() {
    ImageReferenceText reference = ImageReferenceText.parse("ghcr.io/acme/shop:1.2@" + DIGEST);

    assertThat(reference.tag()).hasToString("1.2");
    assertThat(reference.digest()).isEqualTo(Optional.of(new Digest(DIGEST)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":1",
        "shop:",
        "shop:a b",
        "Shop",
        "https://ghcr.io/acme/shop",
        "ghcr.io/",
        "ghcr.io/acme/../shop",
        "ghcr.io/acme/Shop",
        "user:password@ghcr.io/acme/shop",
        "shop@sha512:ab",
        "shop@",
        "shop@sha256:abc"
      })
  void refusesWhatDockerRefuses(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ImageReferenceText.parse(text));
  }

  @Test
  void refusesAtOnceWhatIsLongerThanAnyReference() {
    String endless = "a.".repeat(100_000);

    assertThatIllegalArgumentException().isThrownBy(() -> ImageReferenceText.parse(endless));
    assertThat(ImageName.isHost(endless + "a")).isFalse();
  }
}
