package dev.slipway.registry.build;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.registry.archive.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Jars that must not become an image.
class HostileJarsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "a//b", "..\\evil", "./a"})
  void refusesNamesThatLeadOut(String name) {
    Path jar = executable().file(name, "x").writeTo(folder.resolve("a.jar"));

    assertRefused(jar, "is not a safe jar");
  }

  @Test
  void refusesAFileThatIsThereTwice() throws IOException {
    Path jar = zip("a", "a");

    assertRefused(jar, "is not a safe jar");
  }

  @Test
  void refusesAFileThatIsAFolderToo() throws IOException {
    Path jar = zip("a", "a/b");

    assertRefused(jar, "is not a safe jar");
  }

  @Test
  void refusesSymbolicLinks() throws IOException {
    Path jar = folder.resolve("a.jar");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(jar)) {
      ZipArchiveEntry link = new ZipArchiveEntry("link");
      link.setUnixMode(0120777);
      put(zip, link, "/etc/passwd");
    }

    assertRefused(jar, "is not a safe jar");
  }

  @Test
  void refusesWhatWouldFillTheDisk() throws IOException {
    Path jar = folder.resolve("a.jar");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(jar)) {
      zip.putArchiveEntry(new ZipArchiveEntry("zeros"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        zip.write(zeros);
      }
      zip.closeArchiveEntry();
    }

    assertRefused(jar, "is not a safe jar");
  }

  @Test
  void refusesAJarThatNothingStarts() {
    Path jar = new SampleJar().file("A.class", "a").writeTo(folder.resolve("a-plain.jar"));

    assertRefused(jar, "is not an executable jar");
  }

  @Test
  void refusesWhatIsNoJar() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "no jar at all");

    assertRefused(jar, "is not a jar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../b.jar", "/lib/b.jar", "file:b.jar", "lib/%2e%2e/b.jar", "lib/../../b.jar"})
  void refusesLibrariesFromElsewhere(String library) throws IOException {
    Files.writeString(folder.resolve("b.jar"), "b");
    Path jar =
        executable()
            .with("Class-Path", library)
            .writeTo(Files.createDirectory(folder.resolve("libs")).resolve("a.jar"));

    assertRefused(jar, "needs a file from elsewhere");
  }

  @Test
  void refusesALibraryThatIsALinkToElsewhere() throws IOException {
    Path outside = Files.writeString(folder.resolve("secret"), "x");
    Path libs = Files.createDirectory(folder.resolve("libs"));
    Files.createSymbolicLink(libs.resolve("b.jar"), outside);
    Path jar = executable().with("Class-Path", "b.jar").writeTo(libs.resolve("a.jar"));

    assertRefused(jar, "needs a file from elsewhere");
  }

  @Test
  void refusesAMissingLibrary() {
    Path jar = executable().with("Class-Path", "lib/b.jar").writeTo(folder.resolve("a.jar"));

    assertRefused(jar, "needs a file that is not there");
  }

  @Test
  void refusesAnIndexOfLayersThatIsNone() {
    Path jar =
        SampleJar.springBoot()
            .with("Spring-Boot-Layers-Index", "BOOT-INF/layers.idx")
            .file("BOOT-INF/layers.idx", "dependencies: []\n")
            .writeTo(folder.resolve("a.jar"));

    assertRefused(jar, "has an index of layers that cannot be read");
  }

  private static SampleJar executable() {
    return new SampleJar().with("Main-Class", "shop.Main");
  }

  private Path zip(String... names) throws IOException {
    Path jar = folder.resolve("a.jar");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(jar)) {
      for (String name : names) {
        put(zip, new ZipArchiveEntry(name), name);
      }
    }
    return jar;
  }

  private static void put(ZipArchiveOutputStream zip, ZipArchiveEntry entry, String content)
      throws IOException {
    zip.putArchiveEntry(entry);
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }

  private static void assertRefused(Path jar, String what) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> JarApplication.of(jar).close())
        .withMessage(what);
  }
}
