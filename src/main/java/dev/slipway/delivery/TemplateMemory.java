package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReferenceText;
import dev.slipway.image.Tag;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads back what was delivered from the values that it left: `gitops-update` says which of them
/// is a tag, which a digest. What cannot be read back is left out.
record TemplateMemory(List<ValueUpdate> updates) {
  /// The delivery that left `values`.
  ///
  /// @param source where the commit that wrote them comes from; empty: it is not Slipway's
  /// @param run stands in where nothing says which commit was delivered
  DeliveryRecord record(List<Value> values, Optional<Provenance> source, RunContext run) {
    Map<Reference, String> known = new HashMap<>();
    values.forEach(value -> read(value).forEach(known::putIfAbsent));
    return new DeliveryRecord(
        source.map(Provenance::commit).orElseGet(run::commit),
        Optional.ofNullable(known.get(new Reference(Optional.empty(), Placeholder.VERSION))),
        known.keySet().stream()
            .filter(reference -> reference.placeholder().isOfAnImage())
            .map(Reference::component)
            .distinct()
            .flatMap(component -> image(component, known).stream())
            .toList(),
        values,
        Optional.empty());
  }

  private Map<Reference, String> read(Value value) {
    return updates.stream()
        .filter(update -> update.file().equals(value.file()) && update.key().equals(value.key()))
        .findFirst()
        .flatMap(update -> update.value().read(value.text()))
        .orElse(Map.of());
  }

  private static Optional<Image> image(Optional<String> component, Map<Reference, String> known) {
    Function<Placeholder, Optional<String>> part =
        placeholder -> Optional.ofNullable(known.get(new Reference(component, placeholder)));
    Optional<ImageReferenceText> whole =
        part.apply(Placeholder.IMAGE).flatMap(text -> legal(text, ImageReferenceText::parse));
    Optional<ImageName> name =
        part.apply(Placeholder.REGISTRY)
            .flatMap(host ->
                part.apply(Placeholder.REPOSITORY)
                    .flatMap(path -> legal(path, text -> new ImageName(host, text))));
    return part.apply(Placeholder.TAG)
        .flatMap(text -> legal(text, Tag::new))
        .or(() -> whole.map(ImageReferenceText::tag))
        .map(tag ->
            new Image(
                component,
                name.or(() -> whole.map(ImageReferenceText::name)),
                List.of(tag),
                part.apply(Placeholder.DIGEST).flatMap(text -> legal(text, Digest::new))));
  }

  /// Anybody may have written into the file.
  private static <T> Optional<T> legal(String text, Function<String, T> parse) {
    try {
      return Stream.of(text).map(parse).findFirst();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
