package dev.slipway.registry.archive;

/// How much of everything an archive may contain.
final class Limits {
  /// Headers of a tar file, extension headers included.
  static final int ENTRIES = 100_000;

  /// Bytes of one name in a tar file, as long as a path may be on Linux.
  static final int NAME = 4096;

  /// Bytes of an extension header; those of honest programs hold names, times and attributes.
  static final int EXTENSION = 64 << 10;

  /// Bytes of all names in a tar file together.
  static final int NAMES = 32 << 20;

  /// Bytes of a manifest, an index or a config; container engines refuse to read larger ones.
  static final int DOCUMENT = 4 << 20;

  /// Bytes of all manifests and indexes of an image together.
  static final int DOCUMENTS = 32 << 20;

  /// JSON tokens of a document: its tree takes far more memory than its text.
  static final int TOKENS = 250_000;

  /// Nested JSON objects and arrays.
  static final int NESTING = 64;

  /// Manifests and indexes of an image together.
  static final int MANIFESTS = 512;

  /// Indexes inside indexes.
  static final int INDEX_DEPTH = 3;

  /// Layers of one image; more cannot be mounted by container engines.
  static final int LAYERS = 127;

  /// Files of a folder that are open at once, one for each blob.
  static final int FILES = 4096;

  /// Links to follow until a file is reached.
  static final int LINKS = 32;

  /// Bytes of an image as an engine saves it.
  static final long SAVED = 64L << 30;

  private static final long INFLATED = 64L << 30;
  private static final long INFLATED_ALWAYS = 256L << 20;
  private static final int RATIO = 250;

  private Limits() {}

  /// How many bytes may come out of `compressed` bytes of gzip. Files of software shrink to a half
  /// or a fifth; gzip made to fill a disk shrinks a thousandfold.
  static long inflated(long compressed) {
    return Math.clamp(compressed * RATIO, INFLATED_ALWAYS, INFLATED);
  }
}
