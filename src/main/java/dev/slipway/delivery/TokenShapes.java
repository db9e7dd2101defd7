package dev.slipway.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts that look like somebody's token or key, whoever's they are.
public final class TokenShapes {
  // GitHub, AWS and Doppler mark theirs; a private key says what it is.
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\bgh[pousr]_[A-Za-z0-9_]{30,}"
              + "|\\bgithub_pat_[A-Za-z0-9_]{22,}"
              + "|\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"
              + "|\\bdp\\.(?:st|pt|ct|sa)\\.[A-Za-z0-9_.-]{20,}"
              + "|-----BEGIN [A-Z ]*PRIVATE KEY-----");
  private static final int SHOWN = 4;

  private TokenShapes() {}

  /// Where the first one in `text` is; empty when there is none.
  public static Optional<String> find(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    long lines = text.substring(0, matcher.start()).chars().filter(point -> point == '\n').count();
    return Optional.of(
        "line %d has one that begins with `%s`"
            .formatted(lines + 1, matcher.group().substring(0, SHOWN)));
  }

  /// `text` with `***` in the place of each.
  public static String hide(String text) {
    return SHAPE.matcher(text).replaceAll("***");
  }
}
