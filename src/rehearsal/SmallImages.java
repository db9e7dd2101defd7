import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// Two images, each of one layer that is large enough to make hashing and compressing hot: a docker
/// archive `api.tar` and an OCI layout `web`.
final class SmallImages {
  private static final int LAYER_BYTES = 24 << 20;

  private SmallImages() {}

  static void write(Path folder) throws IOException {
    byte[] layer = layer();
    byte[] config =
        """
        {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}"""
            .formatted(Digests.hex("SHA-256", layer))
            .getBytes(UTF_8);
    try (OutputStream archive = Files.newOutputStream(folder.resolve("api.tar"))) {
      entry(archive, "layer.tar", layer);
      entry(archive, "config.json", config);
      entry(
          archive,
          "manifest.json",
          "[{\"Config\":\"config.json\",\"Layers\":[\"layer.tar\"]}]".getBytes(UTF_8));
      archive.write(new byte[1024]);
    }
    writeLayout(folder.resolve("web"), config, gzip(layer));
  }

  private static void writeLayout(Path folder, byte[] config, byte[] layer) throws IOException {
    String type = "application/vnd.oci.image.";
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
            .formatted(
                type + "manifest.v1+json",
                blob(folder, type + "config.v1+json", config),
                blob(folder, type + "layer.v1.tar+gzip", layer));
    String root = blob(folder, type + "manifest.v1+json", manifest.getBytes(UTF_8));
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        folder.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + root + "]}");
  }

  private static String blob(Path layout, String mediaType, byte[] content) throws IOException {
    String digest = Digests.hex("SHA-256", content);
    Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.write(blobs.resolve(digest), content);
    return "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":%d}"
        .formatted(mediaType, digest, content.length);
  }

  /// A tar file with one file in it that makes a compressor do all that it can do: noise, blanks,
  /// and words.
  private static byte[] layer() throws IOException {
    byte[] content = new byte[LAYER_BYTES];
    Random random = new Random(1);
    random.nextBytes(content);
    byte[] words = "push the image, then move what runs to it; ".repeat(3).getBytes(UTF_8);
    for (int i = 0; i < content.length; i += 4096) {
      Arrays.fill(content, i, i + 1024, (byte) ' ');
      for (int at = i + 1024; at < i + 3072; ) {
        int length = 3 + random.nextInt(40);
        System.arraycopy(words, random.nextInt(43), content, at, length);
        at += length;
      }
    }
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    entry(tar, "file", content);
    tar.write(new byte[1024]);
    return tar.toByteArray();
  }

  private static void entry(OutputStream tar, String name, byte[] content) throws IOException {
    byte[] header = new byte[512];
    put(header, 0, name);
    String fields = "0000644\0000000000\0000000000\000%011o 00000000000         0";
    put(header, 100, fields.formatted(content.length));
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 255;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    tar.write(header);
    tar.write(content);
    tar.write(new byte[(512 - content.length % 512) % 512]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
