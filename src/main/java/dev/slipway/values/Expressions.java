package dev.slipway.values;

import java.util.regex.Pattern;

/// Texts that are not what they say: another tool puts something in their place.
final class Expressions {
  /// As docker compose and shells write it; a doubled `$` is a dollar sign there.
  private static final Pattern VARIABLE =
      Pattern.compile("(?<!\\$)(?:\\$\\$)*+\\$(?:\\{|[A-Za-z_])");

  private Expressions() {}

  /// Helm's and others' `{{ .Values.tag }}`.
  static boolean holdsTemplate(String text) {
    return text.contains("{{");
  }

  /// Docker compose's `${TAG}` and `$TAG`.
  static boolean holdsVariable(String text) {
    return VARIABLE.matcher(text).find();
  }
}
