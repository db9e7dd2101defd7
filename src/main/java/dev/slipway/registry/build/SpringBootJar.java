package dev.slipway.registry.build;

import dev.slipway.registry.build.Application.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;

/// A jar or war that Spring Boot packed: taken apart, as its launcher also reads it, into layers of
/// which only the uppermost change from one build to the next.
///
/// [Format](https://docs.spring.io/spring-boot/specification/executable-jar/nested-jars.html).
final class SpringBootJar {
  private static final String CLASSES = "Spring-Boot-Classes";
  private static final String LIBRARIES = "Spring-Boot-Lib";
  private static final String LAYERS_INDEX = "Spring-Boot-Layers-Index";
  private static final String FOLDER = "app/";

  private final JarEntries jar;
  private final Attributes manifest;

  private SpringBootJar(JarEntries jar, Attributes manifest) {
    this.jar = jar;
    this.manifest = manifest;
  }

  /// Whether the manifest is one of Spring Boot's.
  static boolean isOne(Attributes manifest) {
    return manifest.getValue(CLASSES) != null && manifest.getValue(LIBRARIES) != null;
  }

  /// What to build.
  ///
  /// @param main the launcher, whose package depends on Spring Boot's version
  static Application of(JarEntries jar, Attributes manifest, String main) throws IOException {
    return new Application(
        "Spring Boot jar",
        new SpringBootJar(jar, manifest).layers(),
        "/app",
        Command.java("-cp", "/app", main),
        jar);
  }

  private List<Layer> layers() throws IOException {
    LayersIndex index = index();
    Map<String, List<LayerEntry>> layers = new LinkedHashMap<>();
    index.layers().forEach(name -> layers.put(name, new ArrayList<>()));
    for (String name : jar.names()) {
      layers
          .computeIfAbsent(index.layerOf(name), _ -> new ArrayList<>())
          .add(jar.file(name, FOLDER + name));
    }
    return layers.entrySet().stream()
        .filter(layer -> !layer.getValue().isEmpty())
        .map(layer -> Layer.of(layer.getKey(), layer.getValue()))
        .toList();
  }

  private LayersIndex index() throws IOException {
    Optional<String> name = Optional.ofNullable(manifest.getValue(LAYERS_INDEX));
    Optional<byte[]> content = name.isPresent() ? jar.document(name.get()) : Optional.empty();
    return content
        .map(LayersIndex::parse)
        .orElseGet(
            () -> LayersIndex.usual(manifest.getValue(LIBRARIES), manifest.getValue(CLASSES)));
  }
}
