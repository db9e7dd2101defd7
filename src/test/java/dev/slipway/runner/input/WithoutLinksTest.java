package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The moment after a path was found good.
class WithoutLinksTest {
  @TempDir private Path folder;
  private Path root;
  private Path elsewhere;

  @BeforeEach
  void makeFiles() throws IOException {
    root = folder.resolve("job");
    elsewhere = folder.resolve("elsewhere");
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), "four");
    Files.createDirectories(elsewhere.resolve("b"));
    Files.writeString(elsewhere.resolve("b/file"), "secret");
  }

  @Test
  void opensAFile() throws IOException {
    try (SeekableByteChannel file = WithoutLinks.open(root, root.resolve("a/b/file"))) {
      assertThat(file.size()).isEqualTo(4);
    }
  }

  @Test
  void opensNothingWhereALinkHasTakenTheFilesPlace() throws IOException {
    Files.delete(root.resolve("a/b/file"));
    Files.createSymbolicLink(root.resolve("a/b/file"), elsewhere.resolve("b/file"));

    assertThatThrownBy(() -> WithoutLinks.open(root, root.resolve("a/b/file")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void opensNothingWhereALinkHasTakenAFoldersPlace() throws IOException {
    Files.move(root.resolve("a"), root.resolve("moved"));
    Files.createSymbolicLink(root.resolve("a"), elsewhere);

    assertThatThrownBy(() -> WithoutLinks.open(root, root.resolve("a/b/file")))
        .isInstanceOf(IOException.class);
  }
}
