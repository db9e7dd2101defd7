package dev.slipway.registry.build;

import dev.slipway.registry.build.Application.Command;
import dev.slipway.registry.build.LayerEntry.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An executable jar of any other kind: kept whole, because multi-release and signed jars work only
/// so, beside the libraries that the `Class-Path` of its manifest names. The order of the class
/// path stays the manifest's.
final class PlainJar {
  private static final String JAR = "app/app.jar";

  // Of a URL only the plain part: a jar beside this one needs no scheme, escapes or dots.
  private static final String SEGMENT = "[A-Za-z0-9_+~@=,()$-][A-Za-z0-9._+~@=,()$-]*";
  private static final Pattern LIBRARY = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");
  private static final Pattern FOLDER = Pattern.compile("\\.|(\\./|(" + SEGMENT + "/)+)");

  private final Path path;
  private final List<LayerEntry> dependencies = new ArrayList<>();
  private final List<LayerEntry> snapshots = new ArrayList<>();

  private PlainJar(Path path) {
    this.path = path;
  }

  /// What to build of the jar at `path`.
  static Application of(Path path, Attributes manifest) throws IOException {
    PlainJar jar = new PlainJar(path);
    jar.addLibraries(manifest.getValue(Attributes.Name.CLASS_PATH));
    Map<String, List<LayerEntry>> layers = new LinkedHashMap<>();
    layers.put("dependencies", jar.dependencies);
    layers.put("snapshot-dependencies", jar.snapshots);
    layers.put("application", List.of(file(path, JAR)));
    return new Application(
        "executable jar",
        layers.entrySet().stream()
            .filter(layer -> !layer.getValue().isEmpty())
            .map(layer -> Layer.of(layer.getKey(), layer.getValue()))
            .toList(),
        "/app",
        Command.java("-jar", "/" + JAR),
        () -> {});
  }

  private void addLibraries(@Nullable String classPath) throws IOException {
    if (classPath == null || classPath.isBlank()) {
      return;
    }
    for (String library :
        Stream.of(classPath.strip().split(" +")).map(PlainJar::plain).distinct().toList()) {
      File file = file(library(library), "app/" + library);
      if (file.name().equals(JAR)) {
        throw BuildProblems.libraryIsTheJar(library);
      }
      (LayersIndex.isSnapshot(library) ? snapshots : dependencies).add(file);
    }
  }

  private static String plain(String written) {
    return written.replaceFirst("^(\\./)+(?=.)", "");
  }

  /// The file beside the jar that an entry of the class path names.
  private Path library(String written) throws IOException {
    Path folder = path.toRealPath().getParent();
    if (FOLDER.matcher(written).matches()) {
      throw BuildProblems.libraryNoFile(written);
    }
    if (!LIBRARY.matcher(written).matches()) {
      throw BuildProblems.libraryElsewhere(written);
    }
    Path file = Objects.requireNonNull(folder).resolve(written);
    if (!Files.exists(file)) {
      throw BuildProblems.libraryMissing(written);
    }
    if (!file.toRealPath().startsWith(folder)) {
      throw BuildProblems.libraryElsewhere(written);
    }
    if (!Files.isRegularFile(file)) {
      throw BuildProblems.libraryNoFile(written);
    }
    return file.toRealPath();
  }

  private static File file(Path path, String place) throws IOException {
    return new File(
        place,
        LayerEntry.READABLE,
        Files.size(path),
        () -> Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS));
  }
}
