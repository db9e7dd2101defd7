package dev.slipway.registry.build;

import dev.slipway.registry.build.LayerEntry.File;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// The files in a jar, read without trusting it and without unpacking it.
final class JarEntries implements Closeable {
  private static final int LARGEST_DOCUMENT = 1 << 20;
  // What the heap of the action's image has room for.
  private static final int MOST_ENTRIES = 50_000;
  private static final long ALWAYS = 256L << 20;
  private static final long NEVER = 16L << 30;
  private static final int RATIO = 100;

  private final ZipFile zip;
  private final Map<String, ZipArchiveEntry> files;

  private JarEntries(ZipFile zip, Map<String, ZipArchiveEntry> files) {
    this.zip = zip;
    this.files = files;
  }

  /// Opens the jar.
  ///
  /// @throws dev.slipway.registry.archive.Refused when it is none, or not a safe one
  static JarEntries open(Path path) throws IOException {
    ZipFile zip = zip(path);
    try {
      return new JarEntries(zip, checked(zip, path.toFile().length()));
    } catch (RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /// Counts first, with Java's own reader: that one needs little memory, and tells little.
  private static ZipFile zip(Path path) throws IOException {
    try (var counter = new java.util.zip.ZipFile(path.toFile())) {
      if (counter.size() > MOST_ENTRIES) {
        throw BuildProblems.tooManyEntries(MOST_ENTRIES);
      }
      return ZipFile.builder().setPath(path).get();
    } catch (IOException e) {
      if (!Files.isReadable(path)) {
        throw e;
      }
      throw BuildProblems.noJar(e);
    }
  }

  private static Map<String, ZipArchiveEntry> checked(ZipFile zip, long compressed) {
    Map<String, ZipArchiveEntry> files = new LinkedHashMap<>();
    long room = Math.clamp(compressed * RATIO, ALWAYS, NEVER);
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      String name = entry.getName();
      checkName(name);
      if (entry.isUnixSymlink()) {
        throw BuildProblems.linkInJar(name);
      }
      if (!zip.canReadEntryData(entry)) {
        throw BuildProblems.unreadableEntry(name);
      }
      room -= Math.max(0, entry.getSize());
      if (room < 0) {
        throw BuildProblems.bomb();
      }
      if (!entry.isDirectory() && files.putIfAbsent(name, entry) != null) {
        throw BuildProblems.duplicate(name);
      }
    }
    checkNoFileIsAFolder(files);
    return files;
  }

  /// Relative, and nothing in it that a file system reads otherwise than a jar.
  private static void checkName(String name) {
    String file = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    for (String segment : file.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw BuildProblems.leavesJar(name);
      }
    }
    if (name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
      throw BuildProblems.leavesJar(name);
    }
  }

  private static void checkNoFileIsAFolder(Map<String, ZipArchiveEntry> files) {
    for (String name : files.keySet()) {
      for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
        if (files.containsKey(name.substring(0, slash))) {
          throw BuildProblems.duplicate(name.substring(0, slash));
        }
      }
    }
  }

  /// The names of all files, in the jar's order.
  Collection<String> names() {
    return Collections.unmodifiableSet(files.keySet());
  }

  /// The file `name` of [#names], to be put at `place`.
  File file(String name, String place) {
    ZipArchiveEntry entry = Objects.requireNonNull(files.get(name));
    return new File(
        place,
        LayerEntry.READABLE,
        entry.getSize(),
        () -> new VerifiedEntry(zip.getInputStream(entry), entry));
  }

  /// A small file.
  Optional<byte[]> document(String name) throws IOException {
    if (!files.containsKey(name)) {
      return Optional.empty();
    }
    try (InputStream in = file(name, name).content().open()) {
      byte[] bytes = in.readNBytes(LARGEST_DOCUMENT + 1);
      if (bytes.length > LARGEST_DOCUMENT) {
        throw BuildProblems.documentTooLarge(name);
      }
      return Optional.of(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
