package dev.slipway.registry.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Writes a jar.
final class SampleJar {
  private final Manifest manifest = new Manifest();
  private final Map<String, String> files = new LinkedHashMap<>();

  SampleJar() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  /// One of Spring Boot's.
  static SampleJar springBoot() {
    return new SampleJar()
        .with("Main-Class", "org.springframework.boot.loader.launch.JarLauncher")
        .with("Spring-Boot-Classes", "BOOT-INF/classes/")
        .with("Spring-Boot-Lib", "BOOT-INF/lib/")
        .file("org/springframework/boot/loader/launch/JarLauncher.class", "launcher")
        .file("BOOT-INF/classes/Shop.class", "shop")
        .file("BOOT-INF/classes/application.yaml", "server: {}")
        .file("BOOT-INF/lib/a-1.0.jar", "a")
        .file("BOOT-INF/lib/b-1.0-SNAPSHOT.jar", "b")
        .file("BOOT-INF/classpath.idx", "- \"BOOT-INF/lib/b-1.0-SNAPSHOT.jar\"\n");
  }

  SampleJar with(String attribute, String value) {
    manifest.getMainAttributes().putValue(attribute, value);
    return this;
  }

  SampleJar file(String name, String content) {
    files.put(name, content);
    return this;
  }

  Manifest manifest() {
    return manifest;
  }

  Path writeTo(Path path) {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(path), manifest)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        jar.putNextEntry(new JarEntry(file.getKey()));
        jar.write(file.getValue().getBytes(UTF_8));
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }
}
