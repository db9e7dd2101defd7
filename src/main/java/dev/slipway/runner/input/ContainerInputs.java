package dev.slipway.runner.input;

import dev.slipway.image.BaseImage;
import dev.slipway.image.ContainerSettings;
import dev.slipway.image.ContainerSettings.From;
import dev.slipway.image.ContainerSettings.Start;
import dev.slipway.image.Platform;
import dev.slipway.runner.Blanks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The inputs that say how an image that is built here begins and runs.
final class ContainerInputs {
  /// The newest Java with long-term support: it runs what was compiled for any older one.
  private static final String JAVA = "eclipse-temurin:25-jre";

  private static final List<Input> SETTINGS =
      List.of(
          Input.BASE_IMAGE,
          Input.PLATFORMS,
          Input.ENTRYPOINT,
          Input.JVM_FLAGS,
          Input.CONTAINER_ENVIRONMENT,
          Input.PORTS,
          Input.USER,
          Input.LABELS);

  private static final Pattern PAIR = Pattern.compile("(?<name>[^=\\s]+)=(?<value>.*)");
  private static final Pattern PORT =
      Pattern.compile("(?<number>[1-9][0-9]{0,4})(?:/(?<protocol>tcp|udp|sctp))?");
  private static final String NAME_OR_NUMBER = "[a-zA-Z0-9_][a-zA-Z0-9_.-]*";
  private static final Pattern USER =
      Pattern.compile(NAME_OR_NUMBER + "(?::" + NAME_OR_NUMBER + ")?");

  private final InputTexts inputs;
  private final WordsInput words;
  private boolean used;

  ContainerInputs(InputTexts inputs) {
    this.inputs = inputs;
    this.words = new WordsInput(inputs);
  }

  /// For a jar; empty, with problems, when something is wrong.
  Optional<ContainerSettings> ofJar() {
    if (inputs.isGiven(Input.ENTRYPOINT) && inputs.isGiven(Input.JVM_FLAGS)) {
      inputs.add(
          "The inputs `entrypoint` and `jvm-flags` exclude each other",
          "the flags go into the entrypoint that a jar has without that input",
          "Write the flags into `entrypoint`, or remove `entrypoint`.");
    }
    return read(inputs.text(Input.BASE_IMAGE).orElse(JAVA));
  }

  /// For a folder; empty, with problems, when something is wrong.
  Optional<ContainerSettings> ofFolder() {
    if (inputs.isGiven(Input.JVM_FLAGS)) {
      inputs.wrong(
          Input.JVM_FLAGS,
          inputs.text(Input.JVM_FLAGS).orElseThrow(),
          "they are for `jar:`",
          "Write them into `entrypoint`.");
    }
    if (!inputs.isGiven(Input.BASE_IMAGE)) {
      inputs.missing(
          Input.BASE_IMAGE,
          "a folder says not what runs it",
          "Set it, such as `base-image: nginx:1.29-alpine`, or `base-image: scratch` for programs"
              + " that need nothing else.");
      used = true;
      return Optional.empty();
    }
    return read(inputs.text(Input.BASE_IMAGE).orElseThrow());
  }

  /// What is set for a container must find one.
  void refuseUnused() {
    if (used) {
      return;
    }
    for (Input input : SETTINGS) {
      inputs
          .text(input)
          .ifPresent(text ->
              inputs.wrong(
                  input,
                  text,
                  "it is for images that are built here, and none is",
                  "Write `image: jar:PATH` or `image: dir:PATH`, or remove `%s`; an image that is"
                          .formatted(input.text())
                      + " finished is pushed as it is."));
    }
  }

  private Optional<ContainerSettings> read(String baseImage) {
    used = true;
    Optional<BaseImage> base =
        inputs.parsed(
            Input.BASE_IMAGE,
            baseImage,
            BaseImage::parse,
            "Write a reference as in `FROM`, such as `eclipse-temurin:21-jre`, or `scratch`.");
    Start start =
        new Start(
            words.command(Input.ENTRYPOINT),
            words.flags(Input.JVM_FLAGS),
            pairs(Input.CONTAINER_ENVIRONMENT),
            list(Input.PORTS, ContainerInputs::port, "Write ports such as `8080` or `53/udp`."),
            user());
    List<Platform> platforms =
        list(
            Input.PLATFORMS, Platform::parse, "Write platforms such as `linux/amd64,linux/arm64`.");
    Map<String, String> labels = pairs(Input.LABELS);
    return base.map(image -> new ContainerSettings(new From(image, platforms), start, labels));
  }

  private Optional<String> user() {
    return inputs.parsed(
        Input.USER,
        text -> {
          if (!USER.matcher(text).matches()) {
            throw new IllegalArgumentException("it is neither a user nor a number");
          }
          return text;
        },
        "Write a name or number, perhaps with a group: `1000`, `nonroot`, `1000:1000`.");
  }

  private static String port(String text) {
    Matcher port = PORT.matcher(text);
    if (!port.matches() || Integer.parseInt(port.group("number")) > 65535) {
      throw new IllegalArgumentException("`%s` is no port".formatted(InputTexts.shown(text)));
    }
    return "%s/%s"
        .formatted(port.group("number"), Optional.ofNullable(port.group("protocol")).orElse("tcp"));
  }

  private <T> List<T> list(Input input, Function<String, T> parse, String fix) {
    return inputs.list(input).stream()
        .flatMap(entry -> inputs.parsed(input, entry, parse, fix).stream())
        .distinct()
        .toList();
  }

  /// One `KEY=VALUE` a line, as in docker/build-push-action; a line that begins with `#` is a
  /// comment.
  private Map<String, String> pairs(Input input) {
    Map<String, String> pairs = new LinkedHashMap<>();
    Stream<String> lines =
        inputs.text(input).stream()
            .flatMap(text -> Arrays.stream(text.split("\n")))
            .map(Blanks::trim)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"));
    lines.forEach(line -> {
      Matcher pair = PAIR.matcher(line);
      if (!pair.matches()) {
        inputs.wrong(input, line, "it is not `KEY=VALUE`", "Write one `KEY=VALUE` a line.");
      } else if (pairs.putIfAbsent(pair.group("name"), pair.group("value")) != null) {
        inputs.wrong(input, line, "the key is there twice", "Write every key once.");
      }
    });
    return pairs;
  }
}
