package dev.slipway.registry.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.image.Digest;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.values.FileContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The indexes of an image, written anew without some of their entries.
///
/// What is left keeps its order and its fields, without spaces between them: the same image gives
/// the same digest. An index with one entry left gives way to that entry, so that an image for one
/// platform is what a build without attestations would have made of it, and runs where an index is
/// not understood.
final class StrippedIndexes {
  private final Set<Digest> stripped;
  private final Map<Digest, JsonNode> only = new HashMap<>();
  private final Map<Digest, Manifest> rewritten = new HashMap<>();
  private final List<Manifest> manifests = new ArrayList<>();

  /// @param stripped the manifests to leave out
  private StrippedIndexes(Set<Digest> stripped) {
    this.stripped = stripped;
  }

  /// The manifests that are left of `all`.
  ///
  /// @param all what refers to another comes after it, the root is last
  /// @throws Refused when none is left
  static List<Manifest> of(List<Manifest> all, Set<Digest> stripped) {
    StrippedIndexes indexes = new StrippedIndexes(stripped);
    for (Manifest manifest : all) {
      indexes.add(manifest);
    }
    if (indexes.manifests.isEmpty()) {
      throw ImageProblems.onlyAttestations();
    }
    return List.copyOf(indexes.manifests);
  }

  private void add(Manifest manifest) {
    if (!MediaTypes.isIndex(manifest.mediaType())) {
      manifests.add(manifest);
      return;
    }
    ObjectNode index = JsonDocument.object(manifest);
    Optional<ArrayNode> left = left(index);
    if (left.isEmpty()) {
      manifests.add(manifest);
    } else if (left.get().isEmpty()) {
      stripped.add(manifest.digest());
    } else if (left.get().size() == 1) {
      only.put(manifest.digest(), left.get().get(0));
    } else {
      index.set("manifests", left.get());
      FileContent content = FileContent.of(index.toString());
      Manifest anew = new Manifest(Sha256.of(content.bytes()), manifest.mediaType(), content);
      rewritten.put(manifest.digest(), anew);
      manifests.add(anew);
    }
  }

  /// The entries that stay; empty when all do, as they are.
  private Optional<ArrayNode> left(ObjectNode index) {
    ArrayNode left = index.arrayNode();
    boolean changed = false;
    for (JsonNode entry : index.path("manifests")) {
      Digest digest = new Digest(entry.path("digest").asText());
      if (!stripped.contains(digest)) {
        left.add(entry(entry, digest));
      }
      changed |=
          stripped.contains(digest) || only.containsKey(digest) || rewritten.containsKey(digest);
    }
    return changed ? Optional.of(left) : Optional.empty();
  }

  private JsonNode entry(JsonNode entry, Digest digest) {
    Optional<Manifest> anew = Optional.ofNullable(rewritten.get(digest));
    return anew.<JsonNode>map(index ->
            ((ObjectNode) entry.deepCopy())
                .put("digest", index.digest().value())
                .put("size", index.content().size()))
        .or(() -> Optional.ofNullable(only.get(digest)))
        .orElse(entry);
  }
}
