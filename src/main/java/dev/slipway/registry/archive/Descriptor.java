package dev.slipway.registry.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.image.Digest;
import dev.slipway.image.Platform;
import java.util.Optional;
import java.util.regex.Pattern;

/// A document's reference to a blob.
///
/// [Specification](https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md).
///
/// @param size in bytes
/// @param platform where the descriptor names one
/// @param attestation whether it is BuildKit's provenance or bill of materials of another image
/// @param label the image's name where the descriptor has one, or its platform, or its digest
record Descriptor(
    String mediaType,
    Digest digest,
    long size,
    Optional<Platform> platform,
    boolean attestation,
    String label) {
  /// The label of every attestation.
  static final String ATTESTATION = "an attestation";

  private static final Pattern PLATFORM_WORD = Pattern.compile("[a-zA-Z0-9._-]{0,64}");

  /// Reads `node`, a part of `document`.
  ///
  /// @throws Refused when a required field is missing or malformed
  static Descriptor parse(JsonDocument document, JsonNode node) {
    JsonNode size = node.path("size");
    if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
      throw document.bad("a `size` is missing or no number");
    }
    Digest digest = digest(document, document.text(node, "digest"));
    Optional<Platform> platform = platform(document, node.path("platform"));
    JsonNode annotations = node.path("annotations");
    // https://github.com/moby/buildkit/blob/v0.26.0/docs/attestations/attestation-storage.md
    boolean attestation =
        annotations.path("vnd.docker.reference.type").asText().equals("attestation-manifest");
    return new Descriptor(
        document.text(node, "mediaType"),
        digest,
        size.longValue(),
        platform,
        attestation,
        attestation ? ATTESTATION : label(annotations, platform, digest));
  }

  /// The platform that an index entry or a config names; empty when it names none or `unknown`.
  static Optional<Platform> platform(JsonDocument document, JsonNode node) {
    String os = node.path("os").asText();
    String architecture = node.path("architecture").asText();
    String variant = node.path("variant").asText();
    if (!PLATFORM_WORD.matcher(os).matches()
        || !PLATFORM_WORD.matcher(architecture).matches()
        || !PLATFORM_WORD.matcher(variant).matches()) {
      throw document.bad("a platform has unexpected characters");
    }
    return os.isEmpty() || os.equals("unknown") || architecture.isEmpty()
        ? Optional.empty()
        : Optional.of(new Platform(os, architecture, variant));
  }

  /// The digest that `written` is.
  static Digest digest(JsonDocument document, String written) {
    try {
      return new Digest(written);
    } catch (IllegalArgumentException e) {
      throw document.bad(
          "%s is no sha256 digest, the only kind that registries store"
              .formatted(Quoted.of(written)));
    }
  }

  /// Where the blob is in an image layout.
  String path() {
    return "blobs/sha256/" + digest.hex();
  }

  private static String label(JsonNode annotations, Optional<Platform> platform, Digest digest) {
    String engine = annotations.path("io.containerd.image.name").asText();
    String layout = annotations.path("org.opencontainers.image.ref.name").asText();
    if (!engine.isEmpty() || !layout.isEmpty()) {
      return Quoted.of(engine.isEmpty() ? layout : engine);
    }
    return platform.map(Platform::toString).orElseGet(digest::toString);
  }
}
