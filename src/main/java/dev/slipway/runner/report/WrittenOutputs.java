package dev.slipway.runner.report;

import java.util.EnumSet;
import java.util.Set;

/// The outputs that are written, and the pen for the others.
final class WrittenOutputs {
  private final OutputFile file;
  private final Set<Output> written = EnumSet.noneOf(Output.class);
  private boolean sealed;

  WrittenOutputs(OutputFile file) {
    this.file = file;
  }

  /// From here on, what is written stays: a rollback within the run would say it again, of itself.
  void seal() {
    sealed = true;
  }

  void write(Output output, String value) {
    if (sealed && has(output)) {
      return;
    }
    file.write(output, value);
    written.add(output);
  }

  /// Writes what nothing wrote before.
  void writeOnce(Output output, String value) {
    if (!has(output)) {
      write(output, value);
    }
  }

  boolean has(Output output) {
    return written.contains(output);
  }
}
