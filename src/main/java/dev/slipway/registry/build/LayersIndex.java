package dev.slipway.registry.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which layer a file of a Spring Boot jar belongs to.
///
/// @param layers all names, from the lowest to the uppermost
/// @param choice the layer of a file
record LayersIndex(List<String> layers, Function<String, String> choice) {
  private static final Pattern LAYER = Pattern.compile("- \"(?<name>[^\"]+)\":");
  private static final Pattern PART = Pattern.compile("  - \"(?<name>[^\"]+)\"");
  private static final int MOST_LAYERS = 64;

  private static final String DEPENDENCIES = "dependencies";
  private static final String LOADER = "spring-boot-loader";
  private static final String SNAPSHOTS = "snapshot-dependencies";
  private static final String RESOURCES = "resources";
  private static final String APPLICATION = "application";

  /// Reads the index that Spring Boot wrote, in [its
  /// format](https://docs.spring.io/spring-boot/specification/executable-jar/nested-jars.html#appendix.executable-jar.nested-jars.index-files):
  /// the first layer with the file, or with a folder above it, has it. A file that is in none goes
  /// into the uppermost.
  ///
  /// @throws dev.slipway.registry.archive.Refused when it is in another format
  static LayersIndex parse(byte[] content) {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    List<String> current = List.of();
    for (String line :
        new String(content, UTF_8).lines().filter(text -> !text.isBlank()).toList()) {
      Matcher layer = LAYER.matcher(line);
      Matcher part = PART.matcher(line);
      if (layer.matches() && layers.size() < MOST_LAYERS) {
        current = new ArrayList<>();
        layers.put(layer.group("name"), current);
      } else if (part.matches() && !layers.isEmpty()) {
        current.add(part.group("name"));
      } else {
        throw BuildProblems.badLayersIndex(line);
      }
    }
    if (layers.isEmpty()) {
      throw BuildProblems.badLayersIndex("");
    }
    List<String> names = List.copyOf(layers.keySet());
    return new LayersIndex(names, file -> find(layers, file, names.getLast()));
  }

  private static String find(Map<String, List<String>> layers, String file, String otherwise) {
    return layers.entrySet().stream()
        .filter(layer -> layer.getValue().stream().anyMatch(part -> isIn(part, file)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(otherwise);
  }

  private static boolean isIn(String part, String file) {
    return part.endsWith("/") ? file.startsWith(part) : file.equals(part);
  }

  /// The layers of a jar without an index.
  ///
  /// @param libraries the folder of the libraries, with a final slash
  /// @param classes the folder of the classes, with a final slash
  static LayersIndex usual(String libraries, String classes) {
    return new LayersIndex(
        List.of(DEPENDENCIES, LOADER, SNAPSHOTS, RESOURCES, APPLICATION),
        file -> {
          if (file.startsWith(libraries)) {
            return isSnapshot(file) ? SNAPSHOTS : DEPENDENCIES;
          }
          if (file.startsWith("org/springframework/boot/loader/")) {
            return LOADER;
          }
          return file.startsWith(classes) && !file.endsWith(".class") ? RESOURCES : APPLICATION;
        });
  }

  /// Whether a library changes without changing its name.
  static boolean isSnapshot(String file) {
    return file.contains("SNAPSHOT");
  }

  /// The layer of the file `name`.
  String layerOf(String name) {
    return choice.apply(name);
  }
}
