package dev.slipway.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests which names mean one image of an engine.
class EngineImageNameTest {
  private static final String DIGEST =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @ParameterizedTest
  @CsvSource({
    "shop:1.0, shop",
    "acme/shop:latest, acme/shop",
    "localhost:5000/shop:1, localhost:5000/shop",
    "ghcr.io/acme/shop:V_1.0-rc, ghcr.io/acme/shop",
    "shop@%s, shop",
    "shop:1@%s, shop",
    "%s, %s"
  })
  void readsWhatAnEngineLists(String name, String repository) {
    EngineImageName read = new EngineImageName(name.replace("%s", DIGEST));

    assertThat(read.repository()).isEqualTo(repository.replace("%s", DIGEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Shop:1",
        "shop:",
        "shop:1:2",
        "a/../../containers/json:1",
        "../shop:1",
        "a//b:1",
        "shop:1?platform=x",
        "shop%2f:1",
        "shop:1 HTTP/1.1",
        "shop:1\r\nHost: x",
        "-shop:1"
      })
  void refusesWhatNoEngineLists(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineImageName(name))
        .withMessage("that is no name of an image");
  }

  @Test
  void refusesANameOfAllImagesOfARepository() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EngineImageName("ghcr.io/acme/shop"))
        .withMessageStartingWith("it names no tag");
  }
}
