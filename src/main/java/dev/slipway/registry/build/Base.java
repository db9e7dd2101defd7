package dev.slipway.registry.build;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.image.Platform;
import dev.slipway.registry.ImageContent.Blob;
import java.util.List;

/// A base image for one platform.
///
/// @param config as the base image has it, with every field
/// @param layers from the lowest to the uppermost
record Base(Platform platform, ObjectNode config, List<BaseLayer> layers) {

  /// A layer that is already in a registry.
  ///
  /// @param mediaType in OCI's words
  record BaseLayer(String mediaType, Blob blob) {}

  /// Nothing.
  static Base scratch(Platform platform) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("architecture", platform.architecture()).put("os", platform.os());
    if (!platform.variant().isEmpty()) {
      config.put("variant", platform.variant());
    }
    config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    return new Base(platform, config, List.of());
  }
}
