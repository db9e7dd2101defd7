package dev.slipway.registry.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The file that an author named: opened when it can be an archive, explained when it cannot.
final class ArchiveFile {
  private static final int NEARBY = 5;
  private static final int LOOKED_AT = 1000;

  private ArchiveFile() {}

  /// The tar file at `path`, already unpacked when gzip is around it.
  ///
  /// @throws Refused when it is none
  static FileChannel open(Path path) throws IOException {
    checkKind(path);
    FileChannel file = openExisting(path);
    try {
      return unpacked(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// Before opening: opening a named pipe would wait for its writer.
  private static void checkKind(Path path) {
    if (Files.isDirectory(path)) {
      throw FileProblems.folder();
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw FileProblems.special();
    }
  }

  private static FileChannel openExisting(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException _) {
      throw missing(path);
    }
  }

  private static FileChannel unpacked(FileChannel file) throws IOException {
    Slice all = Slice.of(file);
    if (all.size() == 0) {
      throw FileProblems.empty();
    }
    return switch (FileKind.of(all.head(FileKind.HEAD))) {
      case UNKNOWN -> file;
      case GZIP -> {
        FileChannel inside = Gunzip.toTemporaryFile(all);
        file.close();
        yield inside;
      }
      case ZIP -> throw FileProblems.zip();
      case ZSTD -> throw FileProblems.packed(FileKind.ZSTD, "zstd -d");
      case XZ -> throw FileProblems.packed(FileKind.XZ, "xz -d");
      case BZIP2 -> throw FileProblems.packed(FileKind.BZIP2, "bzip2 -d");
    };
  }

  private static Refused missing(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && Files.isDirectory(folder)) {
      return FileProblems.missing(path, archivesIn(folder));
    }
    Path nearest = path.toAbsolutePath().getRoot();
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.isDirectory(at)) {
        return FileProblems.folderMissing(path, at);
      }
    }
    return FileProblems.folderMissing(path, nearest);
  }

  private static List<String> archivesIn(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .limit(LOOKED_AT)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches(".*\\.(tar|tgz|tar\\.gz|oci)"))
          .sorted()
          .limit(NEARBY)
          .map(Quoted::of)
          .forEach(found::add);
    }
    return found;
  }
}
