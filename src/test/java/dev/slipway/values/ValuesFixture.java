package dev.slipway.values;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A folder of `test-fixtures/values`: `before.*`, `edit.txt` with lines `key path -> value`, and
/// either `after.*`, byte for byte, or `refused.txt`, how the message begins.
record ValuesFixture(Path folder) {
  private static final Path ALL = Path.of("test-fixtures/values");

  /// One line of `edit.txt`.
  record Edit(KeyPath key, String value) {}

  static List<ValuesFixture> all() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.sorted().map(ValuesFixture::new).toList();
    }
  }

  boolean isRefused() {
    return Files.exists(folder.resolve("refused.txt"));
  }

  /// How the message of the refusal begins.
  String refusal() throws IOException {
    return Files.readString(folder.resolve("refused.txt")).strip();
  }

  /// The name of the file, which tells its format.
  String name() throws IOException {
    return file("before").getFileName().toString();
  }

  FileContent before() throws IOException {
    return FileContent.of(Files.readAllBytes(file("before")));
  }

  FileContent after() throws IOException {
    return FileContent.of(Files.readAllBytes(file("after")));
  }

  List<Edit> edits() throws IOException {
    return Files.readAllLines(folder.resolve("edit.txt")).stream()
        .map(line -> line.split(" -> ", 2))
        .map(parts -> new Edit(KeyPath.parse(parts[0]), parts[1]))
        .toList();
  }

  private Path file(String stem) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, stem + ".*")) {
      return files.iterator().next();
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
