package dev.slipway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.image.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An image archive in the making: documents and blobs, which may be as wrong as a test likes.
public final class ImageLayout {
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /// Adds a blob and returns its descriptor, a JSON object.
  public String add(String mediaType, byte[] content) {
    return add(mediaType, content, "");
  }

  /// Adds a blob and returns its descriptor.
  ///
  /// @param more further fields of the descriptor: `,"platform":{...}`
  public String add(String mediaType, byte[] content, String more) {
    file("blobs/sha256/" + digest(content).hex(), content);
    return describe(mediaType, content, more);
  }

  /// Adds a manifest of descriptors that were added before, and returns its descriptor.
  public String addManifest(String config, List<String> layers, String more) {
    return add(MANIFEST, manifest(config, layers), more);
  }

  /// Adds an index of descriptors that were added before, and returns its descriptor.
  public String addIndex(List<String> entries, String more) {
    return add(INDEX, index(entries), more);
  }

  /// Adds `oci-layout`, and the table of contents.
  public ImageLayout contents(String... descriptors) {
    return file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8))
        .file("index.json", index(List.of(descriptors)));
  }

  /// Adds or replaces a file.
  public ImageLayout file(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /// Takes a file away.
  public ImageLayout without(String name) {
    files.remove(name);
    return this;
  }

  /// Takes a blob away, given its descriptor.
  public ImageLayout withoutBlob(String descriptor) {
    return without("blobs/sha256/" + digestIn(descriptor).hex());
  }

  /// The archive.
  public byte[] tar() {
    TarWriter tar = new TarWriter().folder("blobs/").folder("blobs/sha256/");
    files.forEach(tar::file);
    return tar.bytes();
  }

  /// Writes the archive and returns its path.
  public Path writeTo(Path path) {
    try {
      return Files.write(path, tar());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes the files into a folder and returns its path.
  public Path writeInto(Path folder) {
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The descriptor of a blob, without adding it.
  public static String describe(String mediaType, byte[] content, String more) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(mediaType, digest(content), content.length, more);
  }

  public static byte[] manifest(String config, List<String> layers) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
        .formatted(MANIFEST, config, String.join(",", layers))
        .getBytes(UTF_8);
  }

  public static byte[] index(List<String> entries) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
        .formatted(INDEX, String.join(",", entries))
        .getBytes(UTF_8);
  }

  /// An image config.
  ///
  /// @param diffIds digests of the uncompressed layers
  public static byte[] config(String os, String architecture, List<Digest> diffIds) {
    List<String> quoted = diffIds.stream().map("\"%s\""::formatted).toList();
    return "{\"architecture\":\"%s\",\"os\":\"%s\",\"config\":{\"Cmd\":[\"/app\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}"
        .formatted(architecture, os, String.join(",", quoted))
        .getBytes(UTF_8);
  }

  public static Digest digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return new Digest("sha256:" + HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The digest that a descriptor names.
  public static Digest digestIn(String descriptor) {
    int at = descriptor.indexOf("sha256:");
    return new Digest(descriptor.substring(at, at + 71));
  }
}
