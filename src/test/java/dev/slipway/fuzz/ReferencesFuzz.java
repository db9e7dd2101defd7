package dev.slipway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.Digest;
import dev.slipway.image.EcrHost;
import dev.slipway.image.EngineImageName;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReferenceText;
import dev.slipway.image.Platform;
import dev.slipway.image.Tag;
import dev.slipway.template.Reference;
import dev.slipway.template.Template;
import dev.slipway.values.KeyPath;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads any text as a reference, a tag, a digest, a key path or a template: it is none, or says
/// the same again when it is written down.
public final class ReferencesFuzz {
  private ReferencesFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input the text, and in a second line what placeholders stand for
  public static void fuzzerTestOneInput(byte[] input) {
    Material material = new Material(input);
    String text = material.line();
    read(text, ImageReferenceText::parse).ifPresent(ReferencesFuzz::readsAgain);
    read(text, EngineImageName::new)
        .ifPresent(name -> assertThat(text).startsWith(name.repository()));
    read(text, Platform::parse)
        .ifPresent(platform -> assertThat(platform).asString().isEqualTo(text));
    read(text, KeyPath::parse).ifPresent(key -> assertThat(key).asString().isEqualTo(text));
    read(text, Tag::new).ifPresent(tag -> assertThat(text).matches("[\\w.-]{1,128}"));
    read(text, Digest::new).ifPresent(digest -> assertThat(digest.hex()).hasSize(64));
    EcrHost.parse(text).ifPresent(host -> assertThat(ImageName.isHost(text)).isTrue());
    String value = material.line();
    read(text, Template::parse).ifPresent(template -> readsBack(template, value));
  }

  private static <T> Optional<T> read(String text, Function<String, T> reader) {
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }

  private static void readsAgain(ImageReferenceText reference) {
    String whole = "%s:%s%s".formatted(reference.name(), reference.tag(), digest(reference));
    assertThat(ImageReferenceText.parse(whole)).isEqualTo(reference);
  }

  private static String digest(ImageReferenceText reference) {
    return reference.digest().map(digest -> "@" + digest).orElse("");
  }

  private static void readsBack(Template template, String value) {
    assertThat(Template.parse(template.toString())).isEqualTo(template);
    // A value is one line of at least as many characters as a length asks for.
    String shown = "a".repeat(40) + value.codePoints().filter(Character::isLetterOrDigit).count();
    String expanded = template.expand(_ -> shown);
    Optional<Map<Reference, String>> read = template.read(expanded);
    assertThat(read).as(expanded).isPresent();
    assertThat(read.orElseThrow().keySet()).containsAll(template.references().toList());
    Template literal = Template.literal(value);
    assertThat(Template.parse(literal.toString()).expand(_ -> "")).isEqualTo(value);
  }
}
