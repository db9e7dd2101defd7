package dev.slipway.registry.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.image.Digest;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.util.Optional;

/// A JSON document of an archive: its tree for reading, its bytes for pushing.
///
/// @param name as in the archive, for messages
/// @param digest of the bytes
record JsonDocument(String name, FileContent content, Digest digest, JsonNode tree) {
  // Two values under one key are read differently by different programs, which is how a checked
  // document becomes another one later.
  private static final ObjectMapper STRICT =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Limits.NESTING)
                          .maxTokenCount(Limits.TOKENS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// Reads the document that `slice` holds.
  ///
  /// @throws Refused when it is too large or no JSON
  static JsonDocument read(String name, Slice slice) throws IOException {
    return read(name, slice, Optional.empty());
  }

  /// Reads the document that `descriptor` means.
  ///
  /// @throws Refused when it is too large, another one, or no JSON
  static JsonDocument read(Descriptor descriptor, Slice slice) throws IOException {
    return read(descriptor.path(), slice, Optional.of(descriptor.digest()));
  }

  /// Reads the document that `slice` holds.
  ///
  /// @param claimed its digest, where the archive tells it
  /// @throws Refused when it is too large, another one, or no JSON
  static JsonDocument read(String name, Slice slice, Optional<Digest> claimed) throws IOException {
    if (slice.size() > Limits.DOCUMENT) {
      throw ImageProblems.documentTooLarge(name, slice.size());
    }
    return of(name, slice.head(Limits.DOCUMENT), claimed);
  }

  /// Reads a document of at most [Limits#DOCUMENT] bytes.
  ///
  /// @param claimed its digest, where somebody tells it
  /// @throws Refused when it is another one, or no JSON
  static JsonDocument of(String name, byte[] bytes, Optional<Digest> claimed) {
    Digest digest = Sha256.of(bytes);
    if (claimed.isPresent() && !claimed.get().equals(digest)) {
      throw ImageProblems.wrongDigest(name, claimed.get(), digest);
    }
    return new JsonDocument(name, FileContent.of(bytes), digest, parse(name, bytes));
  }

  /// The tree of a document that was read before, to be changed.
  static ObjectNode object(Manifest manifest) {
    return (ObjectNode) parse(manifest.digest().value(), manifest.content().bytes());
  }

  private static JsonNode parse(String name, byte[] bytes) {
    try {
      JsonNode tree = STRICT.readTree(bytes);
      if (tree.isContainerNode()) {
        return tree;
      }
    } catch (IOException e) {
      throw ImageProblems.badDocument(name, "it is not JSON");
    }
    throw ImageProblems.badDocument(name, "it is empty");
  }

  /// The text under `field`.
  ///
  /// @throws Refused when there is none
  String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw bad("`%s` is missing or no text".formatted(field));
    }
    return value.textValue();
  }

  /// The elements under `field`; none when it is missing or null, as Go programs write an empty
  /// list.
  Iterable<JsonNode> list(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isArray() && !value.isMissingNode() && !value.isNull()) {
      throw bad("`%s` is no list".formatted(field));
    }
    return value;
  }

  /// A complaint about this document.
  Refused bad(String why) {
    return ImageProblems.badDocument(name, why);
  }
}
