package dev.slipway.registry.build;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// What is put on a base image.
///
/// @param format what it was recognised as
/// @param layers from the lowest, which changes least, to the uppermost; none is empty
/// @param folder the absolute working directory
/// @param command how it is started; none: as the base image says
/// @param files what the layers are read from
record Application(
    String format, List<Layer> layers, String folder, Command command, Closeable files)
    implements Closeable {

  /// The words that start it.
  ///
  /// @param java before the flags; none for what is not started by Java
  /// @param main after the flags
  record Command(List<String> java, List<String> main) {
    static final Command NONE = new Command(List.of(), List.of());

    static Command java(String... main) {
      return new Command(List.of("java"), List.of(main));
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
