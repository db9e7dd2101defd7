package dev.slipway.registry.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of a folder, read where they are.
///
/// A file that was asked for stays open: what was checked is what is pushed, even when another file
/// is moved to its place meanwhile.
final class FolderFiles implements ImageFiles, Closeable {
  private static final int SHOWN = 100;

  private final Path folder;
  private final Map<String, FileChannel> opened = new HashMap<>();

  /// @param folder without links on the way to it
  FolderFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public boolean has(String name) {
    return Files.exists(folder.resolve(TarName.normalise(name)), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Optional<Slice> file(String name) throws IOException {
    String at = TarName.normalise(name);
    if (!opened.containsKey(at)) {
      if (!has(at)) {
        return Optional.empty();
      }
      if (opened.size() == Limits.FILES) {
        throw FileProblems.tooManyFiles();
      }
      opened.put(at, open(at));
    }
    return Optional.of(Slice.of(opened.get(at)));
  }

  /// Looks before opening: opening a named pipe would wait for its writer.
  private FileChannel open(String name) throws IOException {
    Path file = folder.resolve(name);
    boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    if (!regular || !file.toRealPath().equals(file)) {
      throw FileProblems.notInPlace(name);
    }
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean ended() {
    return true;
  }

  /// The names at the top, for messages.
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.limit(SHOWN).map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel file : opened.values()) {
      file.close();
    }
  }
}
