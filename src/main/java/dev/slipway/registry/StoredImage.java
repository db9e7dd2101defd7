package dev.slipway.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.hash.Digests;
import com.google.cloud.tools.jib.registry.ManifestReading.Received;
import dev.slipway.image.Digest;
import dev.slipway.registry.ImageContent.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// An image or index as the registry has it.
record StoredImage(Manifest manifest) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static StoredImage of(Received received) throws IOException {
    byte[] bytes = received.content().bytes();
    String digest = Digests.computeDigest(new ByteArrayInputStream(bytes)).getDigest().toString();
    return new StoredImage(
        new Manifest(new Digest(digest), received.mediaType(), received.content()));
  }

  /// Whether it is one image with this config. The config names every layer by its content, as no
  /// other image's does, and engines hold the layers against it when they unpack them.
  boolean hasConfig(Digest config) {
    try {
      return JSON.readTree(manifest.content().bytes())
          .path("config")
          .path("digest")
          .asText()
          .equals(config.value());
    } catch (JsonProcessingException _) {
      return false;
    } catch (IOException e) {
      throw new AssertionError("bytes in memory", e);
    }
  }
}
