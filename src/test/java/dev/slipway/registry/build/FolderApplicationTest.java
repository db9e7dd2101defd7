package dev.slipway.registry.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.image.ImageSource;
import dev.slipway.registry.archive.Refused;
import dev.slipway.registry.build.LayerEntry.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of a folder gets into an image, and what never does.
class FolderApplicationTest {
  @TempDir private Path temporary;
  private Path site;

  @BeforeEach
  void makeFolder() throws IOException {
    site = Files.createDirectory(temporary.toRealPath().resolve("site"));
    Files.writeString(site.resolve("read.me"), "hello");
  }

  @Test
  void keepsTheBitsAboveThePermissions() throws IOException {
    Files.writeString(site.resolve("ping"), "");
    Files.setAttribute(site.resolve("ping"), "unix:mode", 04755);
    Files.createDirectory(site.resolve("tmp"));
    Files.setAttribute(site.resolve("tmp"), "unix:mode", 01777);

    Map<String, LayerEntry> entries = entries();

    assertThat(entries.get("app/ping"))
        .isInstanceOfSatisfying(
            LayerEntry.File.class, file -> assertThat(file.mode()).isEqualTo(04755));
    assertThat(entries).containsEntry("app/tmp", new Folder("app/tmp", 01777));
  }

  @Test
  void keepsTheModeOfAFolderOfWhichOnlySomeFilesCome() throws IOException {
    Path keys = Files.createDirectories(site.resolve("keys/unused"));
    Files.writeString(site.resolve("keys/public"), "");
    Files.setAttribute(site.resolve("keys"), "unix:mode", 0700);
    Files.writeString(site.resolve(".dockerignore"), "keys\n!keys/public\n");

    Map<String, LayerEntry> entries = entries();

    assertThat(keys).exists();
    assertThat(entries)
        .containsEntry("app/keys", new Folder("app/keys", 0700))
        .containsKey("app/keys/public")
        .doesNotContainKey("app/keys/unused");
  }

  @Test
  void followsTheLinkThatTheIgnoreFileIs() throws IOException {
    Files.writeString(site.resolve(".gitignore"), "*.env\n");
    Files.createSymbolicLink(site.resolve(".dockerignore"), Path.of(".gitignore"));
    Files.writeString(site.resolve("production.env"), "secret");

    Map<String, LayerEntry> entries = entries();

    assertThat(entries).containsKey("app/read.me").doesNotContainKey("app/production.env");
  }

  @Test
  void publishesNothingWithoutTheIgnoreFileThatIsMeant() throws IOException {
    Files.writeString(temporary.resolve(".gitignore"), "*.env\n");
    Files.createSymbolicLink(site.resolve(".dockerignore"), Path.of("../.gitignore"));

    assertThatExceptionOfType(Refused.class)
        .isThrownBy(this::entries)
        .withMessage("has a `.dockerignore` that cannot be read");
  }

  @Test
  void refusesNamesThatWouldBecomeOne() throws Exception {
    // Java cannot write such a name.
    new ProcessBuilder("sh", "-c", "for i in 350 351; do : > \"$(printf \"caf\\\\$i\")\"; done")
        .directory(site.toFile())
        .start()
        .waitFor();

    assertThat(site.toFile().list()).hasSize(3);
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(this::entries)
        .withMessage("has a name that is not UTF-8");
  }

  private Map<String, LayerEntry> entries() throws IOException {
    ImageSource.Folder source =
        new ImageSource.Folder("dir:site", site, "/app", BuildSandbox.on("scratch"));
    try (Application application = FolderApplication.of(source)) {
      return application.layers().getFirst().entries();
    }
  }
}
