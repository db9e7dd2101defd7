package dev.slipway.registry.archive;

import java.io.IOException;
import java.util.Optional;

/// The named files that an image lies in: entries of a tar file, or files of a folder.
interface ImageFiles {
  /// Whether there is anything under `name`.
  boolean has(String name);

  /// The file under `name`; empty when there is none.
  ///
  /// @param name as a document among the files writes it
  /// @throws Refused when it is not a file, or names something outside
  Optional<Slice> file(String name) throws IOException;

  /// As [#file], for what has to be there.
  default Slice required(String name) throws IOException {
    return file(name).orElseThrow(() -> TarProblems.missingEntry(name, ended()));
  }

  /// Whether nothing hints that files were lost at the end.
  boolean ended();
}
