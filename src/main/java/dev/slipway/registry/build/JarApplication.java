package dev.slipway.registry.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;

/// Recognises what kind of executable jar there is.
final class JarApplication {
  private JarApplication() {}

  /// What to build of the jar at `path`.
  ///
  /// @throws dev.slipway.registry.archive.Refused when it is no jar that `java -jar` starts
  static Application of(Path path) throws IOException {
    JarEntries jar = JarEntries.open(path);
    try {
      return of(path, jar);
    } catch (IOException | RuntimeException e) {
      jar.close();
      throw e;
    }
  }

  private static Application of(Path path, JarEntries jar) throws IOException {
    Attributes manifest = jar.manifest().getMainAttributes();
    String main = manifest.getValue(Attributes.Name.MAIN_CLASS);
    if (main == null || main.isBlank()) {
      throw BuildProblems.noMainClass();
    }
    if (SpringBootJar.isOne(manifest)) {
      return SpringBootJar.of(jar, manifest, main.strip());
    }
    if (main.strip().equals("io.quarkus.bootstrap.runner.QuarkusEntryPoint")) {
      throw BuildProblems.quarkus();
    }
    jar.close();
    return PlainJar.of(path, manifest);
  }
}
