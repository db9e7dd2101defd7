package dev.slipway.registry.build;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Recognises what kind of executable jar there is.
final class JarApplication {
  private JarApplication() {}

  /// What to build of the jar at `path`. Only one that is taken apart is looked into: what else a
  /// jar holds, such as a file that was packed twice, Java alone has to do with.
  ///
  /// @throws dev.slipway.registry.archive.Refused when it is no jar that `java -jar` starts
  static Application of(Path path) throws IOException {
    Attributes manifest = manifest(path);
    String main = manifest.getValue(Attributes.Name.MAIN_CLASS);
    if (main == null || main.isBlank()) {
      throw BuildProblems.noMainClass();
    }
    if (SpringBootJar.isOne(manifest)) {
      return takenApart(path, manifest, main.strip());
    }
    if (main.strip().equals("io.quarkus.bootstrap.runner.QuarkusEntryPoint")) {
      throw BuildProblems.quarkus();
    }
    return PlainJar.of(path, manifest);
  }

  private static Application takenApart(Path path, Attributes manifest, String main)
      throws IOException {
    JarEntries jar = JarEntries.open(path);
    try {
      return SpringBootJar.of(jar, manifest, main);
    } catch (IOException | RuntimeException e) {
      jar.close();
      throw e;
    }
  }

  /// As `java -jar` reads it; empty where there is none.
  private static Attributes manifest(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile(), false)) {
      return Optional.ofNullable(manifest(jar))
          .map(Manifest::getMainAttributes)
          .orElseGet(Attributes::new);
    } catch (ZipException | EOFException e) {
      throw BuildProblems.noJar(e);
    }
  }

  private static @Nullable Manifest manifest(JarFile jar) throws ZipException {
    try {
      return jar.getManifest();
    } catch (ZipException e) {
      throw e;
    } catch (IOException e) {
      throw BuildProblems.badManifest(e);
    }
  }
}
