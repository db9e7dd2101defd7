package dev.slipway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.image.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Small images of a few kilobytes for `linux/amd64`, in every form in which builds hand them on.
/// The same content gives the same bytes.
public final class SampleImages {
  private static final String AMD64 = ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}";
  private static final String ARM64 =
      ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"}";

  private final Path folder;
  private final String content;

  /// Images in `folder`.
  ///
  /// @param content text in one of their files; another text makes another image
  public SampleImages(Path folder, String content) {
    this.folder = folder;
    this.content = content;
  }

  /// An archive.
  ///
  /// @param digest of what is to be pushed; empty where that depends on how layers are compressed
  /// @param blobs digests of config and layers, as far as they are known
  public record Sample(Path path, Optional<Digest> digest, List<Digest> blobs) {}

  /// What `docker buildx build --provenance=false --output type=oci` writes.
  public Sample ociArchive() {
    ImageLayout layout = new ImageLayout();
    String root = image(layout, "amd64", "");
    layout.contents(root);
    return new Sample(layout.writeTo(file("oci.tar")), digest(root), compressedBlobs("amd64"));
  }

  /// The same for two platforms, with an attestation for each.
  public Sample ociArchiveWithAttestations() {
    ImageLayout layout = new ImageLayout();
    String root = platformsWithAttestations(layout);
    layout.contents(root);
    List<Digest> blobs = new ArrayList<>(compressedBlobs("amd64"));
    blobs.addAll(compressedBlobs("arm64"));
    return new Sample(layout.writeTo(file("oci-platforms.tar")), digest(root), blobs);
  }

  /// What `docker save` wrote up to version 24: raw layers in folders, the second of equal ones a
  /// link to the first.
  public Sample dockerArchive() {
    List<byte[]> layers = layers("amd64");
    byte[] config = config("amd64", layers);
    String configName = ImageLayout.digest(config).hex() + ".json";
    TarWriter tar = new TarWriter();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      String name = "layer-%d/layer.tar".formatted(i);
      names.add(name);
      tar.folder("layer-%d/".formatted(i)).file("layer-%d/VERSION".formatted(i), "1.0");
      int first = firstLike(layers, i);
      if (first == i) {
        tar.file(name, layers.get(i));
      } else {
        tar.symbolicLink(name, "../layer-%d/layer.tar".formatted(first));
      }
    }
    tar.file(configName, config).file("manifest.json", manifestJson(configName, names));
    return written(
        "docker.tar", tar.bytes(), Optional.empty(), List.of(ImageLayout.digest(config)));
  }

  /// What `docker save` writes since version 25 on an engine without the containerd store: raw
  /// layers, described both ways.
  public Sample dockerArchiveWithLayout() {
    ImageLayout layout = new ImageLayout();
    List<byte[]> layers = layers("amd64");
    byte[] config = config("amd64", layers);
    List<String> descriptors =
        layers.stream().map(layer -> layout.add(ImageLayout.LAYER, layer)).toList();
    String root =
        layout.addManifest(layout.add(ImageLayout.CONFIG, config), descriptors, named("latest"));
    layout.contents(root).file("manifest.json", manifestJson(config, descriptors));
    return new Sample(
        layout.writeTo(file("docker-layout.tar")),
        Optional.empty(),
        List.of(ImageLayout.digest(config)));
  }

  /// What `docker save` writes on an engine with the containerd store, the default since version
  /// 29: the image as a registry has it, attestations included.
  public Sample dockerArchiveOfContainerdStore() {
    ImageLayout layout = new ImageLayout();
    String root = platformsWithAttestations(layout);
    List<byte[]> layers = layers("amd64");
    List<String> names =
        layers.stream()
            .map(layer -> ImageLayout.describe(ImageLayout.LAYER, gzip(layer), ""))
            .toList();
    layout.contents(root).file("manifest.json", manifestJson(config("amd64", layers), names));
    List<Digest> blobs = new ArrayList<>(compressedBlobs("amd64"));
    blobs.addAll(compressedBlobs("arm64"));
    return new Sample(layout.writeTo(file("docker-containerd.tar")), digest(root), blobs);
  }

  /// The same archive with gzip around it: `docker save | gzip`.
  public Sample gzipped(Sample sample) {
    try {
      byte[] compressed = gzip(Files.readAllBytes(sample.path()));
      return written(
          sample.path().getFileName() + ".gz", compressed, sample.digest(), sample.blobs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The uncompressed layers, lowest first; the last is the first again.
  public List<byte[]> layers(String architecture) {
    byte[] first =
        new TarWriter()
            .folder("etc/")
            .file("etc/os-release", "ID=sample\nARCH=%s\n".formatted(architecture))
            .bytes();
    byte[] second =
        new TarWriter()
            .folder("srv/")
            .file("srv/index.html", "<h1>%s</h1>\n".formatted(content))
            .file("srv/numbers.txt", numbers())
            .bytes();
    return List.of(first, second, first);
  }

  /// The config of the image.
  public byte[] config(String architecture) {
    return config(architecture, layers(architecture));
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// Adds an image with compressed layers and returns its descriptor.
  public String image(ImageLayout layout, String architecture, String more) {
    List<byte[]> layers = layers(architecture);
    String config = layout.add(ImageLayout.CONFIG, config(architecture, layers));
    List<String> descriptors =
        layers.stream().map(layer -> layout.add(ImageLayout.LAYER + "+gzip", gzip(layer))).toList();
    return layout.addManifest(config, descriptors, more);
  }

  private String platformsWithAttestations(ImageLayout layout) {
    String amd64 = image(layout, "amd64", AMD64);
    String arm64 = image(layout, "arm64", ARM64);
    return layout.addIndex(
        List.of(amd64, arm64, attestation(layout, amd64), attestation(layout, arm64)),
        named("latest"));
  }

  private static String attestation(ImageLayout layout, String image) {
    Digest subject = ImageLayout.digestIn(image);
    byte[] statement =
        "{\"_type\":\"https://in-toto.io/Statement/v0.1\",\"subject\":[{\"name\":\"%s\"}]}"
            .formatted(subject)
            .getBytes(UTF_8);
    byte[] config =
        ImageLayout.config("unknown", "unknown", List.of(ImageLayout.digest(statement)));
    return layout.addManifest(
        layout.add(ImageLayout.CONFIG, config),
        List.of(layout.add("application/vnd.in-toto+json", statement)),
        (",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\",\"vnd.docker.reference.digest\":\"%s\"}"
                + ",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}")
            .formatted(subject));
  }

  private List<Digest> compressedBlobs(String architecture) {
    List<Digest> blobs = new ArrayList<>();
    blobs.add(ImageLayout.digest(config(architecture)));
    layers(architecture).stream()
        .map(layer -> ImageLayout.digest(gzip(layer)))
        .distinct()
        .forEach(blobs::add);
    return blobs;
  }

  private static byte[] config(String architecture, List<byte[]> layers) {
    return ImageLayout.config(
        "linux", architecture, layers.stream().map(ImageLayout::digest).toList());
  }

  private static String named(String name) {
    return ",\"annotations\":{\"io.containerd.image.name\":\"docker.io/acme/sample:%s\",\"org.opencontainers.image.ref.name\":\"%s\"}"
        .formatted(name, name);
  }

  private static byte[] manifestJson(byte[] config, List<String> layers) {
    return manifestJson(
        "blobs/sha256/" + ImageLayout.digest(config).hex(),
        layers.stream().map(layer -> "blobs/sha256/" + ImageLayout.digestIn(layer).hex()).toList());
  }

  private static byte[] manifestJson(String config, List<String> layers) {
    return "[{\"Config\":\"%s\",\"RepoTags\":[\"acme/sample:latest\"],\"Layers\":[\"%s\"]}]"
        .formatted(config, String.join("\",\"", layers))
        .getBytes(UTF_8);
  }

  private static int firstLike(List<byte[]> layers, int index) {
    for (int i = 0; i < index; i++) {
      if (java.util.Arrays.equals(layers.get(i), layers.get(index))) {
        return i;
      }
    }
    return index;
  }

  private static String numbers() {
    StringBuilder numbers = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      numbers.append(i * 7919L % 1009).append('\n');
    }
    return numbers.toString();
  }

  private static Optional<Digest> digest(String descriptor) {
    return Optional.of(ImageLayout.digestIn(descriptor));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Sample written(String name, byte[] bytes, Optional<Digest> digest, List<Digest> blobs) {
    try {
      return new Sample(Files.write(file(name), bytes), digest, blobs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
