import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Writes a docker archive with layers of bytes that gzip makes about half as large, always the
/// same ones.
///
/// `java MakeImage.java FOLDER LAYERS MEGABYTES_PER_LAYER` fills the folder, to be packed with tar.
final class MakeImage {
  private static final int BLOCK = 64 * 1024;

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int layers = Integer.parseInt(arguments[1]);
    double megabytes = Double.parseDouble(arguments[2]);
    List<String> diffIds = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      String name = i + "/layer.tar";
      names.add('"' + name + '"');
      Files.createDirectories(folder.resolve(String.valueOf(i)));
      diffIds.add("\"sha256:" + layer(folder.resolve(name), i, (long) (megabytes * 1e6)) + '"');
    }
    String config =
        """
        {"architecture":"amd64","os":"linux","config":{},"history":[%s],"rootfs":{"type":"layers","diff_ids":[%s]}}"""
            .formatted(
                String.join(",", Collections.nCopies(layers, "{\"created_by\":\"benchmark\"}")),
                String.join(",", diffIds));
    Files.writeString(folder.resolve("config.json"), config);
    Files.writeString(
        folder.resolve("manifest.json"),
        "[{\"Config\":\"config.json\",\"RepoTags\":[\"bench:1\"],\"Layers\":[%s]}]"
            .formatted(String.join(",", names)));
  }

  private static String layer(Path file, int seed, long size) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    long blocks = size / BLOCK;
    try (OutputStream out =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), sha256)) {
      out.write(header("data-" + seed, blocks * BLOCK));
      Random random = new Random(seed);
      byte[] block = new byte[BLOCK];
      for (long i = 0; i < blocks; i++) {
        fill(block, random);
        out.write(block);
      }
      out.write(new byte[1024]);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /// Noise in one half, words in the other.
  private static void fill(byte[] block, Random random) {
    random.nextBytes(block);
    byte[] words = "the quick brown fox jumps over the lazy dog ".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < block.length; i++) {
      if (i % 1024 >= 480) {
        block[i] = words[(i + (block[i - i % 1024] & 31)) % words.length];
      }
    }
  }

  private static byte[] header(String name, long size) throws IOException {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, size < 1L << 33 ? "%011o ".formatted(size) : "");
    put(header, 136, "00000000000 ");
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 255;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
