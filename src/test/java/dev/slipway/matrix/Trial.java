package dev.slipway.matrix;

import dev.slipway.container.ShownLog;
import dev.slipway.container.StepResult;
import dev.slipway.matrix.Wire.Case;
import dev.slipway.sandbox.Canaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// One case: a fresh system, a run in which one exchange goes wrong, and the same run again.
///
/// @param happy the system after a run in which nothing went wrong
record Trial(Scenario scenario, Case trouble, String happy) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  // So much for a server that says nothing; the others answer in milliseconds.
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final String COUNTED =
      "[0-9]+ (deployments)|(?<=task-definition/[^:\"]{1,99}):[0-9]+";

  /// How a case ended.
  enum Verdict {
    GREEN,
    RED,
    KILLED,
    FAILED
  }

  /// A verdict with its reasons.
  record Ending(Verdict verdict, String story) {}

  /// A system after a happy run.
  record Happy(String end, List<Exchange> exchanges) {}

  /// Runs a system happily.
  static Happy happy(Scenario scenario) {
    return in(
        scenario,
        world -> {
          world.wire().expect(Optional.empty());
          StepResult result = world.run(PATIENCE);
          if (result.exitCode() != 0) {
            throw new IllegalStateException(scenario + "\n" + result.shown());
          }
          List<Exchange> exchanges = world.wire().exchanges();
          return new Happy(world.end().toString(), exchanges);
        });
  }

  /// Plays the case.
  Ending play() {
    return in(scenario, this::play);
  }

  private Ending play(World world) {
    List<String> wrong = new ArrayList<>();
    AtomicInteger others = new AtomicInteger();
    world
        .wire()
        .expect(
            Optional.of(trouble),
            () -> {
              others.incrementAndGet();
              StepResult other = world.run(PATIENCE);
              if (other.exitCode() != 0) {
                wrong.add("the run that overtook is red%n%s".formatted(other.shown()));
              }
            });
    StepResult first = world.run(trouble.trouble() == Trouble.STALL ? SHORT : PATIENCE);
    if (!world.wire().met()) {
      wrong.add("the exchange did not happen");
    }
    Verdict verdict = verdict(first);
    switch (verdict) {
      case GREEN -> compare("after the first run", world, wrong);
      case RED -> judge(first, wrong);
      case KILLED, FAILED -> {}
    }
    int scripts = world.end().scripts().get();
    world.wire().expect(Optional.empty());
    StepResult second = world.run(PATIENCE);
    if (second.exitCode() != 0) {
      wrong.add("the second run is red");
    }
    if (scripts > 1 + others.get() || world.end().scripts().get() > scripts + 1) {
      wrong.add("one run sent its script twice");
    }
    compare("after the second run", world, wrong);
    searchForSecrets(first, wrong);
    searchForSecrets(second, wrong);
    return wrong.isEmpty()
        ? new Ending(verdict, verdict == Verdict.RED ? title(first) : "")
        : new Ending(Verdict.FAILED, story(wrong, first, second));
  }

  private Verdict verdict(StepResult first) {
    if (trouble.trouble() == Trouble.KILL) {
      return Verdict.KILLED;
    }
    return first.exitCode() == 0 ? Verdict.GREEN : Verdict.RED;
  }

  /// A run that fails says so once, in words.
  private static void judge(StepResult result, List<String> wrong) {
    long errors = result.log().stream().filter(line -> line.startsWith("::error ")).count();
    if (errors != 1) {
      wrong.add("%d errors".formatted(errors));
    }
    if (result.log().stream().anyMatch(line -> line.startsWith("\tat "))) {
      wrong.add("a stack trace");
    }
  }

  private void compare(String when, World world, List<String> wrong) {
    List<String> missing = new ArrayList<>(lines(happy));
    List<String> more = new ArrayList<>(lines(world.end().toString()));
    if (!more.equals(missing)) {
      List<String> wanted = List.copyOf(missing);
      missing.removeAll(more);
      more.removeAll(wanted);
      wrong.add("another end %s%n- %s%n+ %s".formatted(when, missing, more));
    }
  }

  /// Two runs may each note the same delivery, and register the same task definition, where neither
  /// could know of the other.
  private List<String> lines(String end) {
    return trouble.trouble() == Trouble.OVERTAKEN
        ? end.lines().map(line -> line.replaceAll(COUNTED, "$1")).distinct().toList()
        : end.lines().toList();
  }

  private static void searchForSecrets(StepResult result, List<String> wrong) {
    try {
      Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    } catch (AssertionError e) {
      wrong.add("a secret: " + e.getMessage());
    }
  }

  private String title(StepResult red) {
    return "%s, %s: %s"
        .formatted(
            scenario,
            trouble,
            ShownLog.of(red.log()).stream()
                .filter(line -> line.startsWith("Error: "))
                .findFirst()
                .orElseThrow());
  }

  private String story(List<String> wrong, StepResult first, StepResult second) {
    return "%s, %s%n%s%n---- first run%n%s%n---- second run%n%s%n"
        .formatted(scenario, trouble, String.join("\n", wrong), first.shown(), second.shown());
  }

  /// Something that is done in a world.
  private interface Visit<T> {
    T to(World world);
  }

  private static <T> T in(Scenario scenario, Visit<T> visit) {
    try {
      Path folder = Files.createTempDirectory("slipway-matrix");
      try (World world = scenario.open(folder)) {
        return visit.to(world);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(scenario.toString(), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
