package dev.slipway.image;

/// What an image is built on.
public sealed interface BaseImage {
  /// Nothing at all.
  record Scratch() implements BaseImage {
    @Override
    public String toString() {
      return "scratch";
    }
  }

  /// An image in a registry.
  ///
  /// @param asWritten for messages
  record InRegistry(String asWritten, ImageReferenceText reference) implements BaseImage {
    @Override
    public String toString() {
      return asWritten;
    }
  }

  /// Reads `scratch`, or a reference as Docker reads it.
  ///
  /// @throws IllegalArgumentException when it is neither
  static BaseImage parse(String text) {
    return text.equals("scratch")
        ? new Scratch()
        : new InRegistry(text, ImageReferenceText.parse(text));
  }
}
