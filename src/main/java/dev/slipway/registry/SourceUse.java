package dev.slipway.registry;

/// What an image in a registry is read for.
public enum SourceUse {
  /// To be copied as it is.
  COPY("image", "image to copy"),
  /// To be built on.
  BASE("base-image", "base image");

  private final String input;
  private final String noun;

  SourceUse(String input, String noun) {
    this.input = input;
    this.noun = noun;
  }

  /// The input that names the image.
  String input() {
    return input;
  }

  /// What the image is called in a sentence.
  String noun() {
    return noun;
  }
}
