package dev.slipway.registry.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import dev.slipway.image.Platform;
import dev.slipway.registry.ImageContent.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A walk over everything that one image consists of.
final class OciWalk {
  private final ImageFiles files;
  private final Attestations attestations;
  private final Set<Digest> stripped = new HashSet<>();
  private final Set<Digest> elsewhere = new HashSet<>();
  private final Set<Digest> seen = new HashSet<>();
  private final List<Manifest> manifests = new ArrayList<>();
  private final Map<Digest, Slice> blobs = new LinkedHashMap<>();
  private final Set<Platform> platforms = new LinkedHashSet<>();
  private final Set<Digest> layers = new HashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private long documentBytes;

  OciWalk(ImageFiles files, Attestations attestations) {
    this.files = files;
    this.attestations = attestations;
  }

  /// The image that `root` describes.
  ///
  /// @throws Refused when anything of it is missing or wrong
  FinishedImage from(Descriptor root) throws IOException {
    visit(root, 0);
    if (!missing.isEmpty()) {
      throw ImageProblems.partial(missing, platforms, files.ended());
    }
    return new FinishedImage(
        List.copyOf(manifests), blobs, List.copyOf(platforms), layers.size(), stripped);
  }

  private void visit(Descriptor descriptor, int depth) throws IOException {
    boolean index = MediaTypes.isIndex(descriptor.mediaType());
    if (!index && !MediaTypes.isManifest(descriptor.mediaType())) {
      throw ImageProblems.unknownMediaType(descriptor.mediaType());
    }
    if (!seen.add(descriptor.digest())) {
      return;
    }
    if (seen.size() > Limits.MANIFESTS) {
      throw ImageProblems.tooManyManifests();
    }
    if (depth > 0 && descriptor.attestation() && attestations == Attestations.STRIP) {
      stripped.add(descriptor.digest());
      return;
    }
    Optional<Slice> content = content(descriptor, "");
    if (content.isPresent()) {
      visit(descriptor, read(descriptor, content.get()), depth);
    }
  }

  private void visit(Descriptor descriptor, JsonDocument document, int depth) throws IOException {
    if (MediaTypes.isIndex(descriptor.mediaType())) {
      visitIndex(document, depth + 1);
    } else if (depth > 0 && isAttached(document) && attestations == Attestations.STRIP) {
      stripped.add(descriptor.digest());
      return;
    } else {
      visitManifest(descriptor, document);
    }
    manifests.add(new Manifest(descriptor.digest(), descriptor.mediaType(), document.content()));
  }

  /// Whether a manifest is no image, but something that was said about one: a bill of materials, a
  /// signature
  /// ([specification](https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidelines-for-artifact-usage)).
  static boolean isAttached(JsonDocument manifest) {
    JsonNode tree = manifest.tree();
    boolean image = MediaTypes.isImageConfig(tree.path("config").path("mediaType").asText());
    return tree.path("subject").isObject() && (!image || tree.has("artifactType"));
  }

  private JsonDocument read(Descriptor descriptor, Slice content) throws IOException {
    documentBytes += content.size();
    if (documentBytes > Limits.DOCUMENTS) {
      throw ImageProblems.documentsTooLarge();
    }
    JsonDocument document = JsonDocument.read(descriptor, content);
    checkForm(descriptor, document);
    return document;
  }

  /// A document that can be read both as an index and as a manifest is an attack:
  /// https://github.com/opencontainers/image-spec/security/advisories/GHSA-77vh-xpmg-72qh
  static void checkForm(Descriptor descriptor, JsonDocument document) {
    JsonNode tree = document.tree();
    boolean index = MediaTypes.isIndex(descriptor.mediaType());
    if (tree.path("schemaVersion").asInt() != 2) {
      throw document.bad("`schemaVersion` is not 2");
    }
    if (tree.has("mediaType") && !document.text(tree, "mediaType").equals(descriptor.mediaType())) {
      throw document.bad("its `mediaType` is not the one under which it is listed");
    }
    if (tree.has("manifests") != index || (index && (tree.has("layers") || tree.has("config")))) {
      throw document.bad("it is no %s".formatted(index ? "index" : "manifest"));
    }
  }

  private void visitIndex(JsonDocument index, int depth) throws IOException {
    if (depth > Limits.INDEX_DEPTH) {
      throw ImageProblems.tooDeep();
    }
    for (JsonNode entry : index.list(index.tree(), "manifests")) {
      visit(Descriptor.parse(index, entry), depth);
    }
  }

  private void visitManifest(Descriptor descriptor, JsonDocument manifest) throws IOException {
    Descriptor config = Descriptor.parse(manifest, manifest.tree().path("config"));
    List<Descriptor> listed = new ArrayList<>();
    for (JsonNode layer : manifest.list(manifest.tree(), "layers")) {
      Descriptor one = Descriptor.parse(manifest, layer);
      listed.add(one);
      if (isElsewhere(one, layer)) {
        elsewhere.add(one.digest());
      }
    }
    if (listed.size() > Limits.LAYERS) {
      throw ImageProblems.tooManyLayers(descriptor.label(), listed.size());
    }
    String user = " of " + descriptor.label();
    Optional<Slice> configContent = content(config, user);
    configContent.ifPresent(slice -> blobs.put(config.digest(), slice));
    for (Descriptor layer : listed) {
      addLayer(layer, user);
    }
    boolean runs = MediaTypes.isImageConfig(config.mediaType()) && !descriptor.attestation();
    if (runs && configContent.isPresent()) {
      addPlatform(descriptor, JsonDocument.read(config, configContent.get()), listed);
    }
  }

  /// Whether a layer may not be handed on, and its descriptor tells where to get it.
  static boolean isElsewhere(Descriptor layer, JsonNode written) {
    return MediaTypes.isForeign(layer.mediaType()) && !written.path("urls").isEmpty();
  }

  /// A layer that may not be handed on is named with the places to get it from, and belongs neither
  /// into an archive nor into a registry.
  private void addLayer(Descriptor layer, String user) throws IOException {
    if (elsewhere.contains(layer.digest()) && files.file(layer.path()).isEmpty()) {
      return;
    }
    Optional<Slice> content = content(layer, user);
    if (content.isEmpty()) {
      return;
    }
    Optional<LayerCompression> labelled = LayerCompression.named(layer.mediaType());
    LayerCompression actual = LayerCompression.of(content.get());
    if (labelled.isPresent() && labelled.get() != actual) {
      throw ImageProblems.mislabelled(layer.digest(), labelled.get(), actual);
    }
    blobs.put(layer.digest(), content.get());
  }

  private void addPlatform(Descriptor image, JsonDocument config, List<Descriptor> listed) {
    JsonNode diffIds = config.tree().path("rootfs").path("diff_ids");
    if (diffIds.isArray() && diffIds.size() != listed.size()) {
      throw ImageProblems.layerCount(image.label(), listed.size(), diffIds.size());
    }
    image
        .platform()
        .or(() -> Descriptor.platform(config, config.tree()))
        .ifPresent(platform -> {
          platforms.add(platform);
          listed.forEach(layer -> layers.add(layer.digest()));
        });
  }

  /// The blob that `descriptor` means; noted as missing when it is not there.
  private Optional<Slice> content(Descriptor descriptor, String user) throws IOException {
    Optional<Slice> content = files.file(descriptor.path());
    if (content.isEmpty()) {
      missing.add(descriptor.label() + user);
    } else if (content.get().size() != descriptor.size()) {
      throw ImageProblems.wrongSize(descriptor.path(), descriptor.size(), content.get().size());
    }
    return content;
  }
}
