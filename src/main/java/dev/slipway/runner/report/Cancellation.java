package dev.slipway.runner.report;

import dev.slipway.delivery.Ending;
import dev.slipway.delivery.Threads;
import dev.slipway.delivery.Ticker;
import dev.slipway.runner.report.WorkflowCommands.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happens when the step is cancelled, or takes too long. The runner sends SIGINT, 7.5 seconds
/// later SIGTERM, and 2.5 seconds later the end: enough to stop what can be stopped, and for one
/// line, which says what the run leaves behind. Nothing is undone: a deployment that has begun goes
/// on, and is safe to be joined by the next run.
public final class Cancellation implements AutoCloseable {
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final Console console;
  private final Footprint footprint;
  private final Ending ending;
  private final Thread hook;
  private volatile Optional<Duration> exceeded = Optional.empty();

  private Cancellation(Console console, Footprint footprint, Ending ending) {
    this.console = console;
    this.footprint = footprint;
    this.ending = ending;
    this.hook = Thread.ofPlatform().name("cancellation").unstarted(this::end);
  }

  /// Ends the run well when the process is told to end before this is closed. The process ends
  /// right after.
  public static Cancellation announced(Console console, Footprint footprint, Ending ending) {
    Cancellation cancellation = new Cancellation(console, footprint, ending);
    Runtime.getRuntime().addShutdownHook(cancellation.hook);
    return cancellation;
  }

  /// Ends the process, red, when it still runs after this time.
  public void comeAfter(Duration longest) {
    Threads.of("limit")
        .newThread(() -> {
          Ticker.system().pass(longest);
          exceeded = Optional.of(longest);
          System.exit(1);
        })
        .start();
  }

  private void end() {
    ending.end(STOPPING);
    List<String> sentences = new ArrayList<>();
    exceeded.ifPresent(longest ->
        sentences.add(
            "It did not end within %d minutes: two hours, and what `timeout` and `wait-for-merge` give its waits."
                .formatted(longest.toMinutes())));
    sentences.addAll(footprint.waits());
    sentences.add(footprint.toString());
    sentences.add("Nothing was undone; what has begun goes on without this step.");
    console.commands().endGroup();
    console
        .commands()
        .annotate(
            Level.ERROR,
            exceeded.isPresent() ? "The run took too long" : "The run was cancelled",
            String.join(" ", sentences));
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
