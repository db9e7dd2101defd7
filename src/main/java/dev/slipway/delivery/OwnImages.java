package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReferenceText;
import dev.slipway.template.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the images of a step live, as its inputs say. Whoever may write deployments can write of
/// any image; what is none of these is not believed.
///
/// @param names by component; empty: the inputs name no place
/// @param updates the keys that a delivery may set
record OwnImages(Map<Optional<String>, Optional<ImageName>> names, List<ValueUpdate> updates) {
  // Each placeholder may end anywhere, so reading takes longer by a power of the length.
  private static final int LONGEST_VALUE = 1_024;

  static OwnImages of(Inputs inputs, ImageRegistry registry) {
    Map<Optional<String>, Optional<ImageName>> names = new HashMap<>();
    for (Inputs.Component component : inputs.components()) {
      names.put(
          component.name(),
          inputs.registry().flatMap(_ -> component.repository()).map(registry::name));
    }
    return new OwnImages(
        Map.copyOf(names), inputs.gitOps().map(Inputs.GitOps::updates).orElse(List.of()));
  }

  /// What is believed of what was noted.
  static List<Entry> believed(List<Entry> noted, Inputs inputs, ImageRegistry registry) {
    if (noted.isEmpty()) {
      return noted;
    }
    OwnImages own = of(inputs, registry);
    return noted.stream().filter(entry -> own.wereDelivered(entry.record())).toList();
  }

  /// Whether a delivery brought these images, and wrote what `gitops-update` could have written of
  /// them.
  boolean wereDelivered(DeliveryRecord record) {
    return record.images().stream().allMatch(this::isOne)
        && record.values().stream().allMatch(this::isPossible);
  }

  /// Whether `reference`, as a task definition says it, is one of these images. Where the inputs
  /// name no place, it may be any.
  boolean include(String reference) {
    if (names.values().stream().allMatch(Optional::isEmpty)) {
      return true;
    }
    try {
      return names.containsValue(Optional.of(ImageReferenceText.parse(reference).name()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// An image without a place is looked for where the inputs say; that of a component of the past
  /// is not looked at.
  private boolean isOne(Image image) {
    Optional<ImageName> own = names.get(image.component());
    return own == null || image.name().isEmpty() || image.name().equals(own);
  }

  private boolean isPossible(Value value) {
    return updates.stream()
        .filter(update -> update.file().equals(value.file()) && update.key().equals(value.key()))
        .allMatch(update ->
            value.text().length() <= LONGEST_VALUE
                && update.value().read(value.text()).filter(this::isOwn).isPresent());
  }

  private boolean isOwn(Map<Reference, String> read) {
    return read.entrySet().stream()
        .allMatch(part ->
            names.entrySet().stream()
                .filter(known ->
                    part.getKey().component().isEmpty()
                        || part.getKey().component().equals(known.getKey()))
                .anyMatch(known -> isOf(known.getValue(), part.getKey(), part.getValue())));
  }

  private static boolean isOf(Optional<ImageName> own, Reference reference, String text) {
    return switch (reference.placeholder()) {
      case REGISTRY -> own.map(ImageName::registry).equals(Optional.of(text));
      case REPOSITORY -> own.map(ImageName::repository).equals(Optional.of(text));
      case IMAGE -> own.map(ImageName::toString).filter(name -> isTagged(text, name)).isPresent();
      case TAG,
          DIGEST,
          VERSION,
          MAJOR,
          MINOR,
          PATCH,
          TAG_NAME,
          SHA,
          BRANCH,
          COMPONENT,
          RUN_ID,
          RUN_NUMBER ->
          true;
    };
  }

  private static boolean isTagged(String text, String name) {
    return text.startsWith(name + ":") && text.indexOf('/', name.length()) < 0;
  }
}
