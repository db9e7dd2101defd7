package dev.slipway.registry.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.image.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The image that `manifest.json` of a docker archive describes.
///
/// [Format](https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md#combined-image-json--filesystem-changeset-format).
///
/// @param config its bytes are pushed as they are
/// @param layers from the lowest to the uppermost
record DockerSave(JsonDocument config, Slice configContent, List<Layer> layers) {
  static final String MANIFEST = "manifest.json";

  // Docker, BuildKit and skopeo name the config after its digest, each in a way of its own.
  private static final Pattern NAMED_AFTER_DIGEST =
      Pattern.compile("(?:.*[/:])?([0-9a-f]{64})(?:\\.json)?");

  /// A layer as it lies in the archive.
  ///
  /// @param diffId digest of the uncompressed layer, as the config says
  record Layer(String name, Slice content, Digest diffId, LayerCompression compression) {}

  /// Reads `manifest.json` and the config; of the layers, only their first bytes.
  ///
  /// @throws Refused unless it describes one image
  static DockerSave read(TarIndex tar) throws IOException {
    JsonDocument manifest = JsonDocument.read(MANIFEST, tar.required(MANIFEST));
    JsonNode image = onlyImage(manifest);
    String configName = manifest.text(image, "Config");
    Slice configContent = tar.required(configName);
    JsonDocument config =
        JsonDocument.read(configName, configContent, digestIn(manifest, configName));
    if (!config.tree().isObject()) {
      throw config.bad("it is no config of an image");
    }
    List<String> names = texts(manifest, manifest.list(image, "Layers"));
    JsonNode rootfs = config.tree().path("rootfs");
    List<String> diffIds = texts(config, config.list(rootfs, "diff_ids"));
    checkCounts(names.size(), diffIds.size());
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Slice content = tar.required(names.get(i));
      Digest diffId = Descriptor.digest(config, diffIds.get(i));
      layers.add(new Layer(names.get(i), content, diffId, LayerCompression.of(content)));
    }
    return new DockerSave(config, configContent, List.copyOf(layers));
  }

  /// Whether a layer is not compressed.
  boolean hasRawLayers() {
    return layers.stream().anyMatch(layer -> layer.compression() == LayerCompression.NONE);
  }

  private static JsonNode onlyImage(JsonDocument manifest) {
    Map<List<JsonNode>, JsonNode> images = new LinkedHashMap<>();
    if (!manifest.tree().isArray()) {
      throw manifest.bad("it is no list of images");
    }
    for (JsonNode image : manifest.tree()) {
      images.putIfAbsent(List.of(image.path("Config"), image.path("Layers")), image);
    }
    if (images.isEmpty()) {
      throw ImageProblems.noImage();
    }
    if (images.size() > 1) {
      throw ImageProblems.severalImages(images.values().stream().map(DockerSave::label).toList());
    }
    return images.values().iterator().next();
  }

  private static String label(JsonNode image) {
    String tag = image.path("RepoTags").path(0).asText();
    return Quoted.of(tag.isEmpty() ? image.path("Config").asText() : tag);
  }

  private static Optional<Digest> digestIn(JsonDocument manifest, String configName) {
    Matcher matcher = NAMED_AFTER_DIGEST.matcher(configName);
    return matcher.matches()
        ? Optional.of(Descriptor.digest(manifest, "sha256:" + matcher.group(1)))
        : Optional.empty();
  }

  private static void checkCounts(int layers, int diffIds) {
    if (layers != diffIds) {
      throw ImageProblems.layerCount("`manifest.json`", layers, diffIds);
    }
    if (layers > Limits.LAYERS) {
      throw ImageProblems.tooManyLayers("The image", layers);
    }
  }

  private static List<String> texts(JsonDocument document, Iterable<JsonNode> nodes) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : nodes) {
      if (!node.isTextual()) {
        throw document.bad("a list of texts has something else in it");
      }
      texts.add(node.textValue());
    }
    return texts;
  }
}
