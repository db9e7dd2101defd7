package dev.slipway.registry.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Digest;
import dev.slipway.image.Platform;
import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.registry.ImageContent.Source;
import dev.slipway.registry.archive.LayerPress.Pressed;
import dev.slipway.registry.archive.Sha256;
import dev.slipway.registry.build.Base.BaseLayer;
import dev.slipway.registry.build.BuiltImage.Ready;
import dev.slipway.values.FileContent;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts an image together: its config and manifest for every platform, and the index of those where
/// there are several.
final class Assembly {
  private final ImageConfig config;
  private final List<Pressed> layers;
  private final Map<Digest, Blob> layerBlobs = new LinkedHashMap<>();
  private final Map<Digest, Blob> configs = new LinkedHashMap<>();
  private final Map<Platform, Manifest> manifests = new LinkedHashMap<>();

  /// @param layers of the application, on every platform
  Assembly(ImageConfig config, List<Pressed> layers) {
    this.config = config;
    this.layers = layers;
  }

  /// The image on every base of `foundation`.
  BuiltImage on(Foundation foundation) {
    foundation.bases().forEach(base -> manifests.put(base.platform(), manifest(base)));
    List<Manifest> all = new ArrayList<>(manifests.values());
    if (all.size() > 1) {
      all.add(index());
    }
    List<Blob> blobs =
        Stream.concat(configs.values().stream(), layerBlobs.values().stream()).toList();
    Summary summary =
        new Summary(
                config.application().format(),
                Optional.of(all.getLast().digest()),
                List.copyOf(manifests.keySet()),
                layerBlobs.size(),
                blobs.stream().mapToLong(Blob::size).sum())
            .withParts(all.stream().map(Manifest::digest).collect(Collectors.toSet()));
    List<Source> sources = blobs.stream().<Source>map(Ready::new).toList();
    return new BuiltImage(summary, sources, List.copyOf(all), layers, foundation);
  }

  private Manifest manifest(Base base) {
    ObjectNode tree = document(MediaTypes.MANIFEST);
    Blob configBlob = configBlob(base);
    tree.set("config", descriptor(MediaTypes.CONFIG, configBlob.digest(), configBlob.size()));
    ArrayNode listed = tree.putArray("layers");
    for (BaseLayer layer : base.layers()) {
      add(layer.mediaType(), layer.blob(), listed);
    }
    for (Pressed layer : layers) {
      add(MediaTypes.GZIP_LAYER, layer.blob(), listed);
    }
    return finished(MediaTypes.MANIFEST, tree);
  }

  private void add(String mediaType, Blob layer, ArrayNode listed) {
    layerBlobs.putIfAbsent(layer.digest(), layer);
    listed.add(descriptor(mediaType, layer.digest(), layer.size()));
  }

  private Blob configBlob(Base base) {
    byte[] bytes = FileContent.of(config.on(base, layers).toString()).bytes();
    Blob blob = new Blob(Sha256.of(bytes), bytes.length, () -> new ByteArrayInputStream(bytes));
    configs.put(blob.digest(), blob);
    return blob;
  }

  private Manifest index() {
    ObjectNode tree = document(MediaTypes.INDEX);
    ArrayNode listed = tree.putArray("manifests");
    manifests.forEach((platform, manifest) -> {
      ObjectNode entry =
          descriptor(manifest.mediaType(), manifest.digest(), manifest.content().size());
      ObjectNode words = entry.putObject("platform");
      words.put("architecture", platform.architecture()).put("os", platform.os());
      if (!platform.variant().isEmpty()) {
        words.put("variant", platform.variant());
      }
      listed.add(entry);
    });
    return finished(MediaTypes.INDEX, tree);
  }

  private static ObjectNode document(String mediaType) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("schemaVersion", 2)
        .put("mediaType", mediaType);
  }

  private static ObjectNode descriptor(String mediaType, Digest digest, long size) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("mediaType", mediaType)
        .put("digest", digest.value())
        .put("size", size);
  }

  private static Manifest finished(String mediaType, ObjectNode tree) {
    FileContent content = FileContent.of(tree.toString());
    return new Manifest(Sha256.of(content.bytes()), mediaType, content);
  }
}
