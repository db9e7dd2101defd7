package dev.slipway.matrix;

import dev.slipway.matrix.Trial.Ending;
import dev.slipway.matrix.Trial.Happy;
import dev.slipway.matrix.Trial.Verdict;
import dev.slipway.matrix.Wire.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Every exchange of the happy run of every system, crossed with every trouble: `./mvnw -q
/// test-compile exec:exec@matrix`. Prints a table, and ends with 1 where a case failed.
public final class FaultMatrix {
  // Most of a case is waiting.
  private static final int AT_ONCE = 6;

  private FaultMatrix() {}

  /// What came of one system's cases.
  record Row(Scenario scenario, int exchanges, List<Ending> endings) {
    long count(Verdict verdict) {
      return endings.stream().filter(ending -> ending.verdict() == verdict).count();
    }

    @Override
    public String toString() {
      return "| %s | %d | %d | %d | %d | %d | %d |"
          .formatted(
              scenario,
              exchanges,
              endings.size(),
              count(Verdict.GREEN),
              count(Verdict.RED),
              count(Verdict.KILLED),
              count(Verdict.FAILED));
    }
  }

  /// Runs all cases, or those of the systems that are named.
  ///
  /// @param arguments names of scenarios, e.g. `S1`
  public static void main(String[] arguments) throws Exception {
    List<Scenario> chosen =
        arguments.length == 0
            ? List.of(Scenario.values())
            : Stream.of(arguments)
                .map(name -> Scenario.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    List<Row> rows = new ArrayList<>();
    for (Scenario scenario : chosen) {
      rows.add(row(scenario));
    }
    System.out.println(
        "| system | exchanges | cases | green at once | one clear error, then converged | killed, then converged | failures |");
    System.out.println("|---|---|---|---|---|---|---|");
    rows.forEach(System.out::println);
    System.exit(rows.stream().anyMatch(row -> row.count(Verdict.FAILED) > 0) ? 1 : 0);
  }

  private static Row row(Scenario scenario) throws Exception {
    Happy happy = Trial.happy(scenario);
    List<Trial> trials =
        happy.exchanges().stream()
            .flatMap(exchange ->
                Arrays.stream(Trouble.values()).map(trouble -> new Case(exchange, trouble)))
            .map(due -> new Trial(scenario, due, happy.end()))
            .toList();
    return new Row(scenario, happy.exchanges().size(), play(trials));
  }

  /// Plays trials, several at once, and tells of those that turn red.
  static List<Ending> play(List<Trial> trials) throws Exception {
    List<Ending> endings = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Ending>> running =
          trials.stream().map(trial -> threads.submit(trial::play)).toList();
      for (Future<Ending> each : running) {
        endings.add(each.get());
        if (!each.get().story().isEmpty()) {
          System.err.println(each.get().story());
        }
      }
    }
    return endings;
  }
}
