package dev.slipway.values;

/// The place of a scalar in a file: `backstage.image.tag`.
public record KeyPath(String text) {
  /// Reads a key path.
  ///
  /// @throws IllegalArgumentException when it is malformed
  public static KeyPath parse(String text) {
    return new KeyPath(text);
  }

  /// The path as it was written.
  @Override
  public String toString() {
    return text;
  }
}
