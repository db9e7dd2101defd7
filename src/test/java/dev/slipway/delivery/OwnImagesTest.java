package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.template.Template;
import dev.slipway.values.KeyPath;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnImagesTest {
  private static final ImageName SHOP = new ImageName("ghcr.io", "acme/shop");
  private static final Optional<String> ONLY = Optional.empty();

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, acme/shop, true",
    "ghcr.io, acme/shop2, false",
    "ghcr.io, evil/acme/shop, false",
    "ghcr.io.evil.example, acme/shop, false",
    "evil.example, acme/shop, false"
  })
  void wereDeliveredFromTheirOwnPlaceOnly(String registry, String repository, boolean own) {
    assertThat(shop("{tag}").wereDelivered(record(new ImageName(registry, repository))))
        .isEqualTo(own);
  }

  @Test
  void areLookedForAtTheirOwnPlaceWhereTheLedgerNamesNone() {
    assertThat(shop("{tag}").wereDelivered(record(ONLY, Optional.empty(), List.of()))).isTrue();
  }

  @Test
  void haveNoPlaceWhereTheInputsNameNone() {
    OwnImages nowhere = new OwnImages(Map.of(ONLY, Optional.empty()), List.of());

    assertThat(nowhere.wereDelivered(record(ONLY, Optional.empty(), List.of()))).isTrue();
    assertThat(nowhere.wereDelivered(record(SHOP))).isFalse();
    assertThat(nowhere.include("anything/at:all")).isTrue();
  }

  @Test
  void areToldApartByComponent() {
    ImageName api = new ImageName("ghcr.io", "acme/api");
    OwnImages two =
        new OwnImages(
            Map.of(Optional.of("web"), Optional.of(SHOP), Optional.of("api"), Optional.of(api)),
            List.of(new ValueUpdate("f", KeyPath.parse("k"), Template.parse("{api.image}"))));

    assertThat(two.wereDelivered(record(Optional.of("web"), Optional.of(SHOP), List.of())))
        .isTrue();
    assertThat(two.wereDelivered(record(Optional.of("web"), Optional.of(api), List.of())))
        .isFalse();
    assertThat(two.wereDelivered(record(Optional.of("api"), Optional.of(api), value(api + ":1"))))
        .isTrue();
    assertThat(two.wereDelivered(record(Optional.of("api"), Optional.of(api), value(SHOP + ":1"))))
        .isFalse();
    assertThat(two.wereDelivered(record(Optional.of("gone"), Optional.of(api), List.of())))
        .as("a component of the past")
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "{tag}, 1.0.0, true",
    "{image}, ghcr.io/acme/shop:1.0.0, true",
    "{registry}/{repository}@{digest}, ghcr.io/acme/shop@sha256:00, true",
    "{repository}, acme/shop, true",
    "{image}, evil.example/acme/shop:1.0.0, false",
    "{image}, ghcr.io/acme/shop/evil:1.0.0, false",
    "{image}, ghcr.io/acme/shop, false",
    "{image}, ghcr.io/acme/shop:1/../../evil:1, false",
    "{registry}/{repository}:{tag}, ghcr.io/evil/shop:1, false",
    "{repository}, evil/shop, false",
    "ghcr.io/acme/shop:{tag}, evil.example/x:1, false"
  })
  void wroteOnlyValuesThatTheirTemplateCanBecome(String template, String text, boolean possible) {
    assertThat(shop(template).wereDelivered(record(ONLY, Optional.of(SHOP), value(text))))
        .isEqualTo(possible);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghcr.io/acme/shop:1", "ghcr.io/acme/shop@sha256:%s"})
  void areKnownInATaskDefinition(String reference) {
    assertThat(shop("{tag}").include(reference.formatted("0".repeat(64)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop:1", "evil.example/acme/shop:1", "", "::", "ghcr.io/acme/shop2:1"})
  void areNotWhatIsCalledAlmostLikeThem(String reference) {
    assertThat(shop("{tag}").include(reference)).isFalse();
  }

  private static OwnImages shop(String template) {
    return new OwnImages(
        Map.of(ONLY, Optional.of(SHOP)),
        List.of(new ValueUpdate("f", KeyPath.parse("k"), Template.parse(template))));
  }

  private static List<Value> value(String text) {
    return List.of(new Value("f", KeyPath.parse("k"), text));
  }

  private static DeliveryRecord record(ImageName name) {
    return record(ONLY, Optional.of(name), List.of());
  }

  private static DeliveryRecord record(
      Optional<String> component, Optional<ImageName> name, List<Value> values) {
    return new DeliveryRecord(
        new CommitSha("0".repeat(40)),
        Optional.of("1.0.0"),
        List.of(new Image(component, name, List.of(new Tag("1.0.0")), Optional.empty())),
        values,
        Optional.empty());
  }
}
