package dev.slipway.runner.report;

import java.io.PrintStream;

/// Lines of the log in two columns: a name, and what it stands for.
record Facts(PrintStream out) {
  void print(String name, Object value) {
    out.println("%-8s %s".formatted(name, value));
  }

  /// One more line about what was named last.
  void more(Object value) {
    print("", value);
  }
}
