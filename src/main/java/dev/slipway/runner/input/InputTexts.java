package dev.slipway.runner.input;

import dev.slipway.delivery.Secret;
import dev.slipway.problem.Problems;
import dev.slipway.runner.Blanks;
import dev.slipway.runner.Environment;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// The inputs as they were given, and the collector of everything that is wrong with them.
///
/// Each problem names the input, says what was given and why it cannot be, and how to write it.
final class InputTexts {
  /// No job of a hosted runner lasts longer
  /// ([limits](https://docs.github.com/en/actions/reference/limits)).
  private static final int MOST_MINUTES = 360;

  private static final int SHOWN = 80;

  private final Environment environment;
  private final Problems problems = new Problems();
  private final Set<Input> missing = EnumSet.noneOf(Input.class);

  InputTexts(Environment environment) {
    this.environment = environment;
  }

  /// The input, trimmed; its default where it was not given or given empty. Empty where it has
  /// none.
  Optional<String> text(Input input) {
    return environment
        .text(input.variable())
        .or(() -> Optional.of(input.fallback()))
        .filter(text -> !text.isEmpty());
  }

  boolean isGiven(Input input) {
    return text(input).isPresent();
  }

  /// The input as a value of its type.
  ///
  /// @param parse throws IllegalArgumentException, whose message becomes the reason
  <T> Optional<T> parsed(Input input, Function<String, T> parse, String fix) {
    return text(input).flatMap(text -> parsed(input, text, parse, fix));
  }

  /// One entry of an input as a value of its type.
  <T> Optional<T> parsed(Input input, String entry, Function<String, T> parse, String fix) {
    try {
      return Optional.of(parse.apply(entry));
    } catch (IllegalArgumentException e) {
      wrong(input, entry, String.valueOf(e.getMessage()), fix);
      return Optional.empty();
    }
  }

  /// Exactly the spellings that
  /// [actions/toolkit](https://github.com/actions/toolkit/blob/main/packages/core/src/core.ts)
  /// reads: YAML's core schema.
  boolean flag(Input input) {
    String text = text(input).orElseThrow();
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> {
        wrong(
            input,
            text,
            "it is none of true, True, TRUE, false, False and FALSE",
            "Write `%s: true` or `%s: false`.".formatted(input.text(), input.text()));
        yield false;
      }
    };
  }

  /// Whole minutes.
  ///
  /// @param least at least so many, and at most [#MOST_MINUTES]
  Duration minutes(Input input, int least) {
    return parsed(
            input,
            text -> minutes(text, least),
            "Write a number of minutes such as `%s: 15`.".formatted(input.text()))
        .orElse(Duration.ZERO);
  }

  private static Duration minutes(String text, int least) {
    int minutes = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    if (minutes < least || minutes > MOST_MINUTES) {
      throw new IllegalArgumentException(
          "it must be a whole number from %d to %d".formatted(least, MOST_MINUTES));
    }
    return Duration.ofMinutes(minutes);
  }

  /// One entry a line; commas separate too, as in docker's own actions.
  List<String> list(Input input) {
    return text(input).stream().flatMap(InputTexts::entries).toList();
  }

  /// The entries of a list that is written as one text.
  static Stream<String> entries(String text) {
    return Arrays.stream(text.split("[,\n]")).map(Blanks::trim).filter(entry -> !entry.isEmpty());
  }

  /// A token or password. Its value appears in no problem.
  Optional<Secret> secret(Input input) {
    Optional<String> text = text(input);
    if (text.isPresent() && text.get().chars().anyMatch(Character::isISOControl)) {
      add(
          "The input `%s` cannot be used".formatted(input.text()),
          "it holds a line break or another control character, which no token has",
          "Store the secret again, without line breaks.");
      return Optional.empty();
    }
    return text.map(Secret::new);
  }

  /// Something given cannot be: the whole input, or one entry of it.
  void wrong(Input input, String given, String why, String fix) {
    String verb = text(input).equals(Optional.of(Blanks.trim(given))) ? "be" : "hold";
    add("The input `%s` cannot %s `%s`".formatted(input.text(), verb, shown(given)), why, fix);
  }

  /// Something needed is not there. Told once, whoever else needs it too.
  void missing(Input input, String why, String fix) {
    if (missing.add(input)) {
      add("The input `%s` is missing".formatted(input.text()), why, fix);
    }
  }

  void add(String what, String why, String fix) {
    problems.add(what, why, fix);
  }

  void throwIfAny() {
    problems.throwIfAny();
  }

  /// Shortened, in one line.
  static String shown(String given) {
    String line =
        given.lines().map(Blanks::trim).filter(text -> !text.isEmpty()).findFirst().orElse("");
    boolean whole = line.equals(Blanks.trim(given)) && line.length() <= SHOWN;
    return whole ? line : line.substring(0, Math.min(line.length(), SHOWN)) + "…";
  }
}
