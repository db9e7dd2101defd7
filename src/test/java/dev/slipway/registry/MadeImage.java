package dev.slipway.registry;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Digest;
import dev.slipway.image.Platform;
import dev.slipway.values.FileContent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An image made for a test: layers of noise, so that every test has its own.
final class MadeImage implements ImageContent {
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private final List<byte[]> blobs;
  private final List<Manifest> manifests;
  private final boolean raw;
  final AtomicBoolean closed = new AtomicBoolean();

  private MadeImage(List<byte[]> blobs, List<Manifest> manifests, boolean raw) {
    this.blobs = blobs;
    this.manifests = manifests;
    this.raw = raw;
  }

  /// An image for one platform with layers of these sizes, in bytes.
  static MadeImage withLayers(long seed, int... sizes) {
    List<byte[]> blobs = blobs(new Random(seed), "amd64", sizes);
    return new MadeImage(blobs, List.of(manifest(blobs)), false);
  }

  /// An index of two images and, in it, an index of a third.
  static MadeImage withIndexes(long seed, int layerSize) {
    Random random = new Random(seed);
    List<List<byte[]>> images =
        Stream.of("amd64", "arm64", "riscv64").map(arch -> blobs(random, arch, layerSize)).toList();
    List<Manifest> leaves = images.stream().map(MadeImage::manifest).toList();
    Manifest inner = index(leaves.subList(2, 3));
    Manifest root = index(List.of(leaves.get(0), leaves.get(1), inner));
    List<Manifest> all = new ArrayList<>(leaves);
    all.addAll(List.of(inner, root));
    return new MadeImage(images.stream().flatMap(List::stream).toList(), all, false);
  }

  /// An index of an image and of what was said about it.
  static MadeImage withAttestation(long seed, int layerSize) {
    Random random = new Random(seed);
    List<byte[]> image = blobs(random, "amd64", layerSize);
    List<byte[]> statement = blobs(random, "unknown", layerSize);
    List<Manifest> parts = List.of(manifest(image), manifest(statement));
    String attestation =
        descriptor(MANIFEST, parts.getLast().content().bytes())
            .replaceFirst(
                "}$", ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}}");
    Manifest root =
        manifest(
            INDEX,
            "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
                .formatted(
                    INDEX, descriptor(MANIFEST, parts.getFirst().content().bytes()), attestation));
    List<Manifest> all = Stream.concat(parts.stream(), Stream.of(root)).toList();
    return new MadeImage(Stream.concat(image.stream(), statement.stream()).toList(), all, false);
  }

  /// The same image, whose digest only compressing its layers brings out.
  MadeImage raw() {
    return new MadeImage(blobs, manifests, true);
  }

  /// The same, its first layer in no registry, but named with the place where it is.
  MadeImage withForeignLayer() {
    String foreign =
        manifest()
            .replaceFirst(
                "(\"layers\": \\[\\{\"mediaType\":)[^,]+",
                "$1\"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip\","
                    + "\"urls\":[\"https://example.com/base\"]");
    List<byte[]> others = new ArrayList<>(blobs);
    others.remove(1);
    return new MadeImage(others, List.of(manifest(MANIFEST, foreign)), false);
  }

  /// An image with the same config, of layers that were compressed to other bytes, as nobody knows
  /// before.
  MadeImage compressedOtherwise() {
    List<byte[]> others = new ArrayList<>(blobs.subList(0, 1));
    blobs.stream()
        .skip(1)
        .map(layer -> Arrays.copyOf(layer, layer.length + 1))
        .forEach(others::add);
    return new MadeImage(others, List.of(manifest(others)), true);
  }

  Digest digest() {
    return manifests.getLast().digest();
  }

  /// Of the layer at `index`, from 0.
  Digest digestOfLayer(int index) {
    return sha256(blobs.get(index + 1));
  }

  /// Of a blob of such an image.
  static Digest digestOf(Source source) {
    return ((MadeSource) source).digest;
  }

  String manifest() {
    return manifests.getLast().content().text().orElseThrow();
  }

  @Override
  public Summary summary() {
    return new Summary(
        "made",
        raw ? Optional.empty() : Optional.of(digest()),
        List.of(new Platform("linux", "amd64", "")),
        blobs.size() - 1,
        blobs.stream().mapToLong(blob -> blob.length).sum());
  }

  @Override
  public Optional<Digest> config() {
    return raw ? Optional.of(sha256(blobs.getFirst())) : Optional.empty();
  }

  @Override
  public List<Source> blobs() {
    return blobs.stream().<Source>map(MadeSource::new).toList();
  }

  @Override
  public List<Manifest> manifests() {
    return manifests;
  }

  @Override
  public void close() {
    closed.set(true);
  }

  private static final class MadeSource implements Source {
    private final byte[] bytes;
    // Hashed at once, or large blobs would be overtaken on the way.
    private final Digest digest;

    MadeSource(byte[] bytes) {
      this.bytes = bytes;
      this.digest = sha256(bytes);
    }

    @Override
    public long sizeHint() {
      return bytes.length;
    }

    @Override
    public Blob finish() {
      return new Blob(digest, bytes.length, () -> new ByteArrayInputStream(bytes));
    }
  }

  private static List<byte[]> blobs(Random random, String architecture, int... sizes) {
    List<byte[]> blobs = new ArrayList<>();
    for (int size : sizes) {
      byte[] layer = new byte[size];
      random.nextBytes(layer);
      blobs.add(layer);
    }
    String diffIds =
        blobs.stream().map(layer -> "\"" + sha256(layer) + "\"").collect(Collectors.joining(","));
    blobs.addFirst(
        """
        {"architecture":"%s","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[%s]}}\
        """
            .formatted(architecture, diffIds)
            .getBytes(StandardCharsets.UTF_8));
    return blobs;
  }

  private static Manifest manifest(List<byte[]> blobs) {
    String layers =
        blobs.stream()
            .skip(1)
            .map(layer -> descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer))
            .collect(Collectors.joining(",\n "));
    // Spaces and an unknown field: whatever parses and prints it again changes its digest.
    return manifest(
        MANIFEST,
        """
        { "schemaVersion": 2,  "mediaType": "%s", "unknown": {"b": 1, "a": 2},
          "config": %s,
          "layers": [%s] }
        """
            .formatted(
                MANIFEST,
                descriptor("application/vnd.oci.image.config.v1+json", blobs.getFirst()),
                layers));
  }

  private static Manifest index(List<Manifest> parts) {
    String manifests =
        parts.stream()
            .map(part -> descriptor(part.mediaType(), part.content().bytes()))
            .collect(Collectors.joining(","));
    return manifest(
        INDEX,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
            .formatted(INDEX, manifests));
  }

  private static Manifest manifest(String type, String text) {
    return new Manifest(sha256(text.getBytes(StandardCharsets.UTF_8)), type, FileContent.of(text));
  }

  private static String descriptor(String type, byte[] content) {
    return "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\"}"
        .formatted(type, content.length, sha256(content));
  }

  private static Digest sha256(byte[] bytes) {
    try {
      return new Digest(
          "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
