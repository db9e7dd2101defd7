package dev.slipway.registry.archive;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.registry.ImageContent.Source;
import dev.slipway.registry.archive.OpenedImage.Finished;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An image of a docker archive on its way to a registry: the config as it is, the layers
/// compressed where they are not, and the manifest that the archive lacks.
///
/// @param layers from the lowest to the uppermost; a layer that is listed twice is there twice
record DockerImage(Blob config, List<Layer> layers) {

  /// A layer as it will be in the registry.
  record Layer(LayerCompression compression, Source source) {}

  /// Gets ready to push `save`. All layers are checked now; those that have to be compressed wait
  /// until they are asked for.
  ///
  /// @param source for messages
  /// @throws Refused when a layer is not the one that the config means
  static DockerImage of(DockerSave save, BlobCheck check, ParallelGzip gzip, ImageSource source)
      throws IOException {
    Map<Digest, DockerSave.Layer> distinct = new LinkedHashMap<>();
    save.layers().forEach(layer -> distinct.putIfAbsent(layer.diffId(), layer));
    List<Layer> ready =
        check.each(List.copyOf(distinct.values()), layer -> ready(layer, gzip, source));
    Map<Digest, Layer> byDiffId = new HashMap<>();
    for (Digest diffId : distinct.keySet()) {
      byDiffId.put(diffId, ready.get(byDiffId.size()));
    }
    Slice config = save.configContent();
    return new DockerImage(
        new Blob(save.config().digest(), config.size(), config),
        save.layers().stream().map(layer -> requireNonNull(byDiffId.get(layer.diffId()))).toList());
  }

  /// The config, and every distinct layer.
  List<Source> blobs() {
    return Stream.concat(
            Stream.of(new Finished(config)), layers.stream().map(Layer::source).distinct())
        .toList();
  }

  /// The one manifest. Waits for layers that are not finished.
  Manifest manifest() throws IOException {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
    tree.set("config", descriptor(MediaTypes.OCI_CONFIG, config));
    ArrayNode listed = tree.putArray("layers");
    for (Layer layer : layers) {
      listed.add(descriptor(layer.compression().mediaType(), layer.source().finish()));
    }
    FileContent content = FileContent.of(tree.toString());
    return new Manifest(Sha256.of(content.bytes()), MediaTypes.OCI_MANIFEST, content);
  }

  private static Layer ready(DockerSave.Layer layer, ParallelGzip gzip, ImageSource source)
      throws IOException {
    Slice content = layer.content();
    return switch (layer.compression()) {
      case NONE -> {
        Fingerprint checked = Fingerprint.of(content);
        checkDiffId(layer, checked.digest());
        yield new Layer(LayerCompression.GZIP, new RawLayer(layer, checked, gzip, source));
      }
      case GZIP -> {
        checkDiffId(layer, Gunzip.digest("The layer " + Quoted.of(layer.name()), content));
        yield finished(layer);
      }
      // What zstd hides stays unchecked: Java cannot undo it.
      case ZSTD -> finished(layer);
    };
  }

  private static Layer finished(DockerSave.Layer layer) throws IOException {
    Slice content = layer.content();
    return new Layer(
        layer.compression(), new Finished(new Blob(Sha256.of(content), content.size(), content)));
  }

  /// The diff_id is all that vouches for a layer without a digest.
  private static void checkDiffId(DockerSave.Layer layer, Digest actual) {
    if (!actual.equals(layer.diffId())) {
      throw ImageProblems.wrongDiffId(layer.name(), layer.diffId(), actual);
    }
  }

  private static ObjectNode descriptor(String mediaType, Blob blob) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("mediaType", mediaType)
        .put("digest", blob.digest().value())
        .put("size", blob.size());
  }
}
