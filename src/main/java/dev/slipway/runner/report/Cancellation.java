package dev.slipway.runner.report;

import dev.slipway.runner.report.WorkflowCommands.Level;
import java.util.ArrayList;
import java.util.List;

/// What is said when the step is cancelled. The runner sends SIGINT, 7.5 seconds later SIGTERM, and
/// 2.5 seconds later the end: enough for one line, which says what the run leaves behind. Nothing
/// is undone: a deployment that has begun goes on, and is safe to be joined by the next run.
public final class Cancellation implements AutoCloseable {
  private final Console console;
  private final Footprint footprint;
  private final Thread hook;

  private Cancellation(Console console, Footprint footprint) {
    this.console = console;
    this.footprint = footprint;
    this.hook = Thread.ofPlatform().name("cancellation").unstarted(this::say);
  }

  /// Says it when the process is told to end before this is closed. The process ends right after.
  public static Cancellation announced(Console console, Footprint footprint) {
    Cancellation cancellation = new Cancellation(console, footprint);
    Runtime.getRuntime().addShutdownHook(cancellation.hook);
    return cancellation;
  }

  private void say() {
    List<String> sentences = new ArrayList<>(footprint.waits());
    sentences.add(footprint.toString());
    sentences.add("Nothing was undone; what has begun goes on without this step.");
    console.commands().endGroup();
    console.commands().annotate(Level.ERROR, "The run was cancelled", String.join(" ", sentences));
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already.
    }
  }
}
