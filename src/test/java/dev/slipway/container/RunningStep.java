package dev.slipway.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A step that was started.
public final class RunningStep {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Instant start = Instant.now();
  private final Process process;
  private final Runnable remove;
  private final FileCommands fileCommands;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
  private final Thread reader;

  /// @param process the container's client, or the program itself
  /// @param remove removes what the end of the process would leave
  RunningStep(Process process, FileCommands fileCommands, Runnable remove) {
    this.process = process;
    this.fileCommands = fileCommands;
    this.remove = remove;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    process
        .inputReader()
        .lines()
        .forEach(line -> {
          log.add(line);
          ready.countDown();
          awaited.forEach((text, seen) -> tell(line, text, seen));
        });
  }

  /// Waits for the first line of the log.
  public void awaitOutput() {
    if (!within(LONGEST, ready::await)) {
      throw kill("printed nothing");
    }
  }

  /// Waits for a line of the log that contains a text.
  public void awaitLine(String text) {
    CountDownLatch seen = awaited.computeIfAbsent(text, _ -> new CountDownLatch(1));
    log.forEach(line -> tell(line, text, seen));
    if (!within(LONGEST, seen::await)) {
      throw kill("never printed " + text);
    }
  }

  private static void tell(String line, String text, CountDownLatch seen) {
    if (line.contains(text)) {
      seen.countDown();
    }
  }

  /// Ends the step with SIGTERM alone.
  ///
  /// @throws IllegalStateException when it lasts longer than a runner waits
  public StepResult terminate() {
    signal("TERM");
    if (within(Duration.ofMillis(2500), process::waitFor)) {
      return result();
    }
    throw kill("ignored SIGTERM");
  }

  /// Waits for the end of the step, for at most two minutes.
  public StepResult await() {
    if (!within(LONGEST, process::waitFor)) {
      throw kill("did not end");
    }
    return result();
  }

  /// Cancels the step as the runner does (ProcessInvoker.cs): SIGINT to the Docker client, SIGTERM
  /// 7.5 seconds later, 2.5 seconds later the end of the client.
  ///
  /// @throws IllegalStateException when the container would outlive its step on a real runner
  public StepResult cancel() {
    signal("INT");
    if (within(Duration.ofMillis(7500), process::waitFor)) {
      return result();
    }
    signal("TERM");
    if (within(Duration.ofMillis(2500), process::waitFor)) {
      return result();
    }
    throw kill("ignored SIGINT and SIGTERM");
  }

  private void signal(String name) {
    try {
      within(LONGEST, new ProcessBuilder("kill", "-" + name, "" + process.pid()).start()::waitFor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StepResult result() {
    within(LONGEST, (time, unit) -> reader.join(Duration.of(time, unit.toChronoUnit())));
    return new StepResult(
        process.exitValue(),
        List.copyOf(log),
        Duration.between(start, Instant.now()),
        fileCommands);
  }

  private IllegalStateException kill(String what) {
    remove.run();
    process.destroyForcibly();
    return new IllegalStateException("the step %s; its log: %s".formatted(what, log));
  }

  private static boolean within(Duration limit, Wait wait) {
    try {
      return wait.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Wait {
    boolean await(long time, TimeUnit unit) throws InterruptedException;
  }
}
