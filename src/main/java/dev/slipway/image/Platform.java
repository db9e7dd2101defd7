package dev.slipway.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an image runs on: `linux/amd64`, `linux/arm/v7`.
///
/// @param variant empty where there is none
public record Platform(String os, String architecture, String variant) {
  private static final Pattern GRAMMAR =
      Pattern.compile("(?<os>[a-z0-9]+)/(?<arch>[a-z0-9_]+)(?:/(?<variant>[a-z0-9]+))?");

  /// Reads `linux/amd64`.
  ///
  /// @throws IllegalArgumentException when it is no platform
  public static Platform parse(String text) {
    Matcher parts = GRAMMAR.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("`%s` is no platform".formatted(text));
    }
    return new Platform(
        parts.group("os"),
        parts.group("arch"),
        Optional.ofNullable(parts.group("variant")).orElse(""));
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
