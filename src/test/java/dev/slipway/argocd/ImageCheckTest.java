package dev.slipway.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Expectation.Image;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which image runs.
class ImageCheckTest {
  private static final String D = "sha256:" + "d".repeat(64);
  private static final String E = "sha256:" + "e".repeat(64);
  private static final Image SHOP = image("ghcr.io", "acme/shop", Optional.empty());
  private static final Image PINNED = image("ghcr.io", "acme/shop", Optional.of(new Digest(D)));

  private static Image image(String host, String path, Optional<Digest> digest) {
    return new Image(new ImageName(host, path).tagged(new Tag("1.3.0")), digest);
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io/acme/shop:1.3.0,      false, true",
    "ghcr.io/acme/shop:1.3.0@D,    false, true",
    "ghcr.io/acme/shop:1.3.0@D,    true,  true",
    "ghcr.io/acme/shop:1.3.0,      true,  true",
    "ghcr.io/acme/shop@D,          true,  true",
    "ghcr.io/acme/shop:1.3.0@E,    true,  false",
    "ghcr.io/acme/shop@E,          true,  false",
    "ghcr.io/acme/shop@D,          false, false",
    "ghcr.io/acme/shop:1.3.1,      false, false",
    "ghcr.io/acme/shop,            false, false",
    "ghcr.io/acme/shop-web:1.3.0,  false, false",
    "quay.io/acme/shop:1.3.0,      false, false",
    "acme/shop:1.3.0,              false, false",
  })
  void comparesDigestsBeforeTags(String text, boolean pinned, boolean same) {
    ImageText image = ImageText.parse(text.replace("@D", "@" + D).replace("@E", "@" + E));

    assertThat(image.is(pinned ? PINNED : SHOP)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx:1.3.0, docker.io, library/nginx",
    "acme/shop:1.3.0, docker.io, acme/shop",
    "index.docker.io/acme/shop:1.3.0, docker.io, acme/shop",
    "localhost/shop:1.3.0, localhost, shop",
    "registry:5000/shop:1.3.0, registry:5000, shop",
  })
  void completesShortNames(String text, String host, String path) {
    assertThat(ImageText.parse(text).is(image(host, path, Optional.empty()))).isTrue();
  }

  @Test
  void demandsTheImageOfEveryWorkloadThatDeclaresIt() {
    ImageCheck check = new ImageCheck(List.of(SHOP));

    Optional<Unmet> unmet =
        check.unmet(
            List.of(
                workload("Deployment/shop", "ghcr.io/acme/shop:1.3.0", "ghcr.io/acme/shop:1.3.0"),
                workload(
                    "Deployment/worker", "ghcr.io/acme/shop:1.3.0", "ghcr.io/acme/shop:1.2.0")),
            List.of());

    assertThat(unmet.orElseThrow().sentence())
        .isEqualTo("Deployment/worker in the cluster does not ask for ghcr.io/acme/shop:1.3.0");
  }

  @Test
  void acceptsThatTheClusterPullsThroughAMirror() {
    ImageCheck check = new ImageCheck(List.of(SHOP));

    Optional<Unmet> unmet =
        check.unmet(
            List.of(
                workload(
                    "Deployment/shop",
                    "ghcr.io/acme/shop:1.3.0",
                    "mirror.example/acme/shop:1.3.0")),
            List.of());

    assertThat(unmet).isEmpty();
  }

  @Test
  void asksThePodsWhereNoManifestNamesTheImage() {
    ImageCheck check = new ImageCheck(List.of(SHOP));

    assertThat(
            check.unmet(List.of(), List.of("ghcr.io/acme/shop:1.3.0", "ghcr.io/acme/shop:1.2.0")))
        .isEmpty();
    assertThat(check.unmet(List.of(), List.of("ghcr.io/acme/shop:1.2.0")).orElseThrow().sentence())
        .isEqualTo("its pods do not run ghcr.io/acme/shop:1.3.0: they run 1.2.0");
  }

  @Test
  void demandsOfAnApplicationOnlyTheImagesThatItNames() {
    Image web = image("ghcr.io", "acme/web", Optional.empty());
    ImageCheck check = new ImageCheck(List.of(SHOP, web));

    Optional<Unmet> unmet =
        check.unmet(
            List.of(
                workload("Deployment/shop", "ghcr.io/acme/shop:1.3.0", "ghcr.io/acme/shop:1.3.0")),
            List.of());

    assertThat(unmet).isEmpty();
  }

  @Test
  void acceptsAnApplicationWithoutImagesOnlyAfterTheOthersShowedAll() {
    Image web = image("ghcr.io", "acme/web", Optional.empty());
    ImageCheck check = new ImageCheck(List.of(SHOP, web));

    check.unmet(List.of(), List.of("ghcr.io/acme/shop:1.3.0"));
    Optional<Unmet> tooEarly = check.unmet(List.of(), List.of());
    check.unmet(List.of(), List.of("ghcr.io/acme/web:1.3.0"));
    Optional<Unmet> now = check.unmet(List.of(), List.of());

    assertThat(tooEarly.orElseThrow().sentence())
        .startsWith("neither its manifests nor its pods name ghcr.io/acme/web:1.3.0");
    assertThat(now).isEmpty();
  }

  private static Workload workload(String name, String declared, String live) {
    return new Workload(name, List.of(ImageText.parse(declared)), List.of(ImageText.parse(live)));
  }
}
