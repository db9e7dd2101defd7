package dev.slipway.image;

/// What becomes of the attestations that a build attached to its image: provenance, bills of
/// materials, signatures.
public enum Attestations {
  /// They are pushed with the image, whose digest stays.
  KEEP,
  /// They are left out. The image gets another digest where it had some.
  STRIP
}
