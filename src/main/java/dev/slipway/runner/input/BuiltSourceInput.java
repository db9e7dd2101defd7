package dev.slipway.runner.input;

import dev.slipway.image.ImageSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an image is built of: `jar:PATH`, `dir:PATH`, or `dir:PATH:PLACE` with a place in the image
/// as `docker run --volume` has it.
final class BuiltSourceInput {
  private static final Pattern JAR = Pattern.compile("jar:(?<path>.+)");
  private static final Pattern FOLDER =
      Pattern.compile("dir:(?<path>[^:]+)(?::(?<target>/[^:]*))?");
  private static final String USUAL_TARGET = "/app";

  private final Input input;
  private final InputTexts inputs;
  private final LocalFiles files;
  private final ContainerInputs container;

  /// @param input the input in which it is written
  BuiltSourceInput(InputTexts inputs, LocalFiles files, Input input) {
    this.input = input;
    this.inputs = inputs;
    this.files = files;
    this.container = new ContainerInputs(inputs);
  }

  /// Whether `given` is for this class.
  static boolean isOne(String given) {
    return JAR.matcher(given).matches() || FOLDER.matcher(given).matches();
  }

  /// What `given` names. Empty, with problems, when something is wrong.
  Optional<ImageSource> read(String given) {
    Matcher jar = JAR.matcher(given);
    if (jar.matches()) {
      Optional<Path> file = files.file(input, jar.group("path"));
      return container
          .ofJar()
          .flatMap(
              settings -> file.map(path -> new ImageSource.ExecutableJar(given, path, settings)));
    }
    Matcher folder = FOLDER.matcher(given);
    return folder.matches() ? folder(given, folder) : Optional.empty();
  }

  /// The settings of a container have to have a container.
  void refuseUnusedSettings() {
    container.refuseUnused();
  }

  private Optional<ImageSource> folder(String given, Matcher parts) {
    Optional<Path> found = files.folder(input, parts.group("path"));
    Optional<String> target =
        Optional.of(Optional.ofNullable(parts.group("target")).orElse(USUAL_TARGET))
            .filter(place -> isPlace(given, place));
    return container
        .ofFolder()
        .flatMap(settings ->
            found.flatMap(
                path -> target.map(place -> new ImageSource.Folder(given, path, place, settings))));
  }

  private boolean isPlace(String given, String target) {
    if (!Path.of(target).normalize().toString().equals(target)) {
      inputs.wrong(
          input,
          given,
          "`%s` is not the plain name of a folder in the image".formatted(target),
          "Write the folder in full, such as `dir:dist:/usr/share/nginx/html`.");
      return false;
    }
    return true;
  }
}
