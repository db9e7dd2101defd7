package dev.slipway.registry.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.registry.archive.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Jars that must not become an image: those that are taken apart are looked into.
class HostileJarsTest {
  private static final byte[] ZIP_FILE_HEADER = {'P', 'K', 1, 2};

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "a//b", "..\\evil", "./a"})
  void refusesNamesThatLeadOut(String name) {
    Path jar = SampleJar.springBoot().file(name, "x").writeTo(folder.resolve("a.jar"));

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
    ZipArchiveEntry link = new ZipArchiveEntry("link");
    link.setUnixMode(0120777);

    Path jar = springBoot(zip -> put(zip, link, "/etc/passwd"));

    assertRefused(jar, "is not a safe jar");
  }

  @Test
  void refusesWhatWouldFillTheDisk() throws IOException {
    byte[] zeros = new byte[1 << 20];

    Path jar =
        springBoot(zip -> {
          zip.putArchiveEntry(new ZipArchiveEntry("zeros"));
          for (int i = 0; i < 300; i++) {
            zip.write(zeros);
          }
          zip.closeArchiveEntry();
        });

    assertRefused(jar, "is not a safe jar");
  }

  @Test
  void refusesMoreFilesThanTheMemoryHolds() throws IOException {
    Path jar =
        springBoot(zip -> {
          for (int i = 0; i < 50_000; i++) {
            put(zip, new ZipArchiveEntry("f" + i), "");
          }
        });

    assertRefused(jar, "is not a safe jar");
  }

  @Test
  void refusesWhatJavaCannotUnpack() throws IOException {
    Path jar = springBoot(zip -> put(zip, new ZipArchiveEntry("a"), "x"));
    byte[] bytes = Files.readAllBytes(jar);
    int header = lastIndexOf(bytes, ZIP_FILE_HEADER);
    // The method in the central directory: 12 is bzip2.
    bytes[header + 10] = 12;
    Files.write(jar, bytes);

    assertRefused(jar, "is not a jar");
  }

  @Test
  void leavesWhatIsKeptWholeAsItIs() throws IOException {
    Path jar =
        jar(
            executable(),
            zip -> {
              put(zip, new ZipArchiveEntry("META-INF/LICENSE"), "a");
              put(zip, new ZipArchiveEntry("META-INF/LICENSE"), "b");
            });

    try (Application application = JarApplication.of(jar)) {
      assertThat(application.layers().getLast().entries()).containsOnlyKeys("app", "app/app.jar");
    }
  }

  @Test
  void takesAJarWithAScriptBeforeIt() throws IOException {
    Path jar = SampleJar.springBoot().writeTo(folder.resolve("a.jar"));
    byte[] script = "#!/bin/sh\nexec java -jar \"$0\" \"$@\"\n".getBytes(StandardCharsets.UTF_8);
    Path runnable = Files.write(folder.resolve("runnable.jar"), script);
    Files.write(runnable, Files.readAllBytes(jar), StandardOpenOption.APPEND);

    try (Application application = JarApplication.of(runnable)) {
      assertThat(application.layers())
          .extracting(Layer::name)
          .contains("dependencies", "application");
    }
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

  @ParameterizedTest
  @ValueSource(strings = {".", "./", "config/"})
  void refusesFoldersOfTheClassPath(String entry) {
    Path jar = executable().with("Class-Path", entry).writeTo(folder.resolve("a.jar"));

    assertRefused(jar, "needs a folder");
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
    return springBoot(zip -> {
      for (String name : names) {
        put(zip, new ZipArchiveEntry(name), name);
      }
    });
  }

  private Path springBoot(Content content) throws IOException {
    return jar(
        executable()
            .with("Spring-Boot-Classes", "BOOT-INF/classes/")
            .with("Spring-Boot-Lib", "BOOT-INF/lib/"),
        content);
  }

  /// What Java's own writer of jars would not write.
  private Path jar(SampleJar start, Content content) throws IOException {
    Path jar = folder.resolve("a.jar");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(jar)) {
      ByteArrayOutputStream manifest = new ByteArrayOutputStream();
      start.manifest().write(manifest);
      put(
          zip,
          new ZipArchiveEntry("META-INF/MANIFEST.MF"),
          manifest.toString(StandardCharsets.UTF_8));
      content.writeTo(zip);
    }
    return jar;
  }

  private interface Content {
    void writeTo(ZipArchiveOutputStream zip) throws IOException;
  }

  private static int lastIndexOf(byte[] bytes, byte[] part) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .lastIndexOf(new String(part, StandardCharsets.ISO_8859_1));
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
