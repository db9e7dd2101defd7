package dev.slipway.registry.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.image.BaseImage;
import dev.slipway.image.Digest;
import dev.slipway.image.Platform;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.archive.Quoted;
import dev.slipway.registry.archive.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A manifest, index or config of a base image: JSON, and what it has to hold.
///
/// @param tree an object
record BaseDocument(BaseImage.InRegistry image, JsonNode tree) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_LAYERS = 127;
  private static final long LARGEST_LAYER = 64L << 30;

  /// Reads a document.
  ///
  /// @param digest that it must have
  static BaseDocument of(BaseImage.InRegistry image, byte[] bytes, Optional<Digest> digest) {
    if (digest.isPresent() && !Sha256.of(bytes).equals(digest.get())) {
      throw bad(image, "what came for %s has another digest".formatted(digest.get()));
    }
    try {
      JsonNode tree = JSON.readTree(bytes);
      if (tree.isObject()) {
        return new BaseDocument(image, tree);
      }
    } catch (JsonProcessingException _) {
      throw bad(image, "its manifest or config is not JSON");
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory fails", e);
    }
    throw bad(image, "its manifest or config is not JSON of an image");
  }

  /// The image is for other platforms.
  static ActionException otherPlatforms(
      BaseImage.InRegistry image, List<Platform> wanted, List<Platform> there) {
    return new ActionException(
        "The base image %s is not there for %s".formatted(image, list(wanted)),
        "it is for %s".formatted(there.isEmpty() ? "no platform that it names" : list(there)),
        "set `platforms` to some of these, or `base-image` to an image that is for more");
  }

  private static String list(List<Platform> platforms) {
    return platforms.stream()
        .map(platform -> Quoted.of(platform.toString()))
        .collect(Collectors.joining(", "));
  }

  /// The digest of a descriptor.
  Digest digest(JsonNode descriptor) {
    String written = descriptor.path("digest").asText();
    try {
      return new Digest(written);
    } catch (IllegalArgumentException _) {
      throw bad(image, "%s in its manifest is no digest".formatted(Quoted.of(written)));
    }
  }

  /// The size of a descriptor's blob, in bytes.
  long size(JsonNode descriptor) {
    long size = descriptor.path("size").asLong(-1);
    if (size < 0 || size > LARGEST_LAYER) {
      throw bad(image, "its manifest tells no size of a layer, or an impossible one");
    }
    return size;
  }

  /// The platform of a config or an index entry.
  Platform platform(JsonNode node) {
    String variant = node.path("variant").asText();
    String os = node.path("os").asText();
    String text =
        "%s/%s".formatted(os, node.path("architecture").asText())
            + (variant.isEmpty() ? "" : "/" + variant);
    try {
      return Platform.parse(text);
    } catch (IllegalArgumentException _) {
      throw bad(image, "%s is no platform".formatted(Quoted.of(text)));
    }
  }

  /// The media type of a layer in OCI's words: docker has others for the same bytes.
  String layerType(JsonNode descriptor) {
    String type = descriptor.path("mediaType").asText();
    return switch (type) {
      case "application/vnd.docker.image.rootfs.diff.tar.gzip",
          "application/vnd.oci.image.layer.v1.tar+gzip" ->
          MediaTypes.GZIP_LAYER;
      case "application/vnd.oci.image.layer.v1.tar",
          "application/vnd.oci.image.layer.v1.tar+zstd" ->
          type;
      default ->
          throw bad(
              image,
              "a layer has the type %s, which is not for every registry"
                  .formatted(Quoted.of(type)));
    };
  }

  /// Checks that a config knows all layers of its manifest.
  void checkLayers(int layers) {
    if (tree.path("rootfs").path("diff_ids").size() != layers || layers > MOST_LAYERS) {
      throw bad(image, "its config and its manifest have different layers, or too many");
    }
  }

  private static ActionException bad(BaseImage.InRegistry image, String why) {
    return new ActionException(
        "The base image %s cannot be used".formatted(image), why, "check the input `base-image`");
  }
}
