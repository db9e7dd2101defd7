package dev.slipway.image;

import java.util.regex.Pattern;

/// An image tag.
///
/// [Grammar](https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests):
/// a word character, then up to 127 word characters, dots or dashes.
public record Tag(String value) {
  private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  public Tag {
    if (value.length() > 128) {
      throw new IllegalArgumentException(
          "the tag has %d characters, 128 are allowed: %s..."
              .formatted(value.length(), value.substring(0, 40)));
    }
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "`%s` is not an image tag: letters, digits, `_`, `.` and `-` only, beginning with a letter, a digit or `_`"
              .formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
