package dev.slipway.registry.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import dev.slipway.image.Platform;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.registry.SourceRepository;
import dev.slipway.registry.SourceRepository.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A walk over the manifests of an image in a registry. Every byte is checked against the digest
/// that led to it.
final class RemoteWalk {
  private final SourceRepository repository;
  private final Attestations attestations;
  private final Set<Digest> seen = new HashSet<>();
  private final Set<Digest> stripped = new HashSet<>();
  private final List<Manifest> manifests = new ArrayList<>();
  private final Map<Digest, Long> blobs = new LinkedHashMap<>();
  private final Set<Platform> platforms = new LinkedHashSet<>();
  private final Set<Digest> layers = new HashSet<>();
  private long documentBytes;

  RemoteWalk(SourceRepository repository, Attestations attestations) {
    this.repository = repository;
    this.attestations = attestations;
  }

  /// Visits everything below `reference`.
  ///
  /// @param claimed the digest that the author wants
  /// @throws Refused when anything of it is wrong
  void from(String reference, Optional<Digest> claimed) {
    Document root = repository.manifest(reference);
    JsonDocument document = document(reference, root, claimed);
    String type = root.mediaType();
    if (!MediaTypes.isIndex(type) && !MediaTypes.isManifest(type)) {
      // Not every registry labels its answers.
      type = document.tree().path("mediaType").asText(type);
    }
    visit(
        new Descriptor(type, document.digest(), size(document), Optional.empty(), false, reference),
        document,
        0);
  }

  /// What may be pushed in this order; the root is last.
  List<Manifest> manifests() {
    return List.copyOf(manifests);
  }

  /// Digest to size of every config and layer.
  Map<Digest, Long> blobs() {
    return blobs;
  }

  /// Manifests that were left out, and are named by indexes of [#manifests()].
  Set<Digest> stripped() {
    return stripped;
  }

  List<Platform> platforms() {
    return List.copyOf(platforms);
  }

  /// How many distinct layers the platforms have.
  int layers() {
    return layers.size();
  }

  private void visit(Descriptor descriptor, JsonDocument document, int depth) {
    boolean index = MediaTypes.isIndex(descriptor.mediaType());
    if (!index && !MediaTypes.isManifest(descriptor.mediaType())) {
      throw ImageProblems.unknownMediaType(descriptor.mediaType());
    }
    if (size(document) != descriptor.size()) {
      throw ImageProblems.wrongSize(descriptor.label(), descriptor.size(), size(document));
    }
    OciWalk.checkForm(descriptor, document);
    seen.add(document.digest());
    if (index) {
      visitIndex(document, depth + 1);
    } else if (depth > 0 && isToStrip(OciWalk.isAttached(document))) {
      stripped.add(document.digest());
      return;
    } else {
      visitManifest(descriptor, document);
    }
    manifests.add(new Manifest(document.digest(), descriptor.mediaType(), document.content()));
  }

  private void visitIndex(JsonDocument index, int depth) {
    if (depth > Limits.INDEX_DEPTH) {
      throw ImageProblems.tooDeep();
    }
    for (JsonNode entry : index.list(index.tree(), "manifests")) {
      Descriptor part = Descriptor.parse(index, entry);
      if (seen.contains(part.digest())) {
        continue;
      }
      if (isToStrip(part.attestation())) {
        stripped.add(part.digest());
        continue;
      }
      if (seen.size() >= Limits.MANIFESTS) {
        throw ImageProblems.tooManyManifests();
      }
      String reference = part.digest().value();
      Document answer = repository.manifest(reference);
      visit(part, document(reference, answer, Optional.of(part.digest())), depth);
    }
  }

  private boolean isToStrip(boolean attestation) {
    return attestation && attestations == Attestations.STRIP;
  }

  private void visitManifest(Descriptor image, JsonDocument manifest) {
    Descriptor config = Descriptor.parse(manifest, manifest.tree().path("config"));
    List<Descriptor> listed = new ArrayList<>();
    Set<Digest> elsewhere = new HashSet<>();
    for (JsonNode layer : manifest.list(manifest.tree(), "layers")) {
      Descriptor one = Descriptor.parse(manifest, layer);
      listed.add(one);
      if (OciWalk.isElsewhere(one, layer)) {
        elsewhere.add(one.digest());
      }
    }
    if (listed.size() > Limits.LAYERS) {
      throw ImageProblems.tooManyLayers(image.label(), listed.size());
    }
    blobs.put(config.digest(), config.size());
    listed.stream()
        .filter(layer -> !elsewhere.contains(layer.digest()))
        .forEach(layer -> blobs.put(layer.digest(), layer.size()));
    if (MediaTypes.isImageConfig(config.mediaType()) && !image.attestation()) {
      image
          .platform()
          .or(() -> platform(config))
          .ifPresent(platform -> {
            platforms.add(platform);
            listed.forEach(layer -> layers.add(layer.digest()));
          });
    }
  }

  /// Only the config tells what an image without an index is for.
  private Optional<Platform> platform(Descriptor config) {
    if (config.size() > Limits.DOCUMENT) {
      throw ImageProblems.documentTooLarge(config.label(), config.size());
    }
    byte[] content = repository.small(config.digest(), Limits.DOCUMENT);
    JsonDocument document =
        JsonDocument.of(config.digest().value(), content, Optional.of(config.digest()));
    return Descriptor.platform(document, document.tree());
  }

  private JsonDocument document(String name, Document answer, Optional<Digest> claimed) {
    byte[] bytes = answer.content().bytes();
    documentBytes += bytes.length;
    if (documentBytes > Limits.DOCUMENTS) {
      throw ImageProblems.documentsTooLarge();
    }
    if (answer.content().text().orElse("").stripLeading().startsWith("<")) {
      throw ImageProblems.webPage();
    }
    return JsonDocument.of(name, bytes, claimed);
  }

  private static long size(JsonDocument document) {
    return document.content().bytes().length;
  }
}
