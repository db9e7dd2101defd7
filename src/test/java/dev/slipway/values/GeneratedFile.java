package dev.slipway.values;

import java.util.List;

/// A random file that knows where its scalars stand, without having been parsed.
record GeneratedFile(String path, String text, List<Target> targets) {

  /// One scalar.
  ///
  /// @param steps names and indexes, as a loaded tree is walked; the document first
  /// @param quote the quote it is written in; a blank where it has none
  /// @param refused whether it is no safe target
  record Target(String key, List<Object> steps, int start, int end, char quote, boolean refused) {}
}
