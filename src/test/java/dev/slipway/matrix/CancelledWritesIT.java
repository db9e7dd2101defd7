package dev.slipway.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.JarRunner;
import dev.slipway.container.RunningStep;
import dev.slipway.container.StepResult;
import dev.slipway.matrix.Wire.Case;
import dev.slipway.sandbox.Canaries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The jar, cancelled while a server thinks about a write of the happy run, whichever: it is gone
/// before the runner has to insist, and asks for nothing more.
class CancelledWritesIT {
  /// When the runner loses patience for the first time.
  private static final Duration SECOND_SIGNAL = Duration.ofMillis(7500);

  // The first query of GraphQL is the plan's, which asks the registry at the same time.
  private static final Pattern READ =
      Pattern.compile(".* (GET|HEAD) .*|AWS (Get|List|Describe|Batch).*|.*/graphql #1");

  @TempDir private Path folder;

  static Stream<Arguments> writes() {
    Set<String> kinds = new HashSet<>();
    return Stream.of(Scenario.S1, Scenario.S2_FRONTEND, Scenario.S3, Scenario.S4, Scenario.S5)
        .flatMap(scenario ->
            Trial.happy(scenario).exchanges().stream()
                .filter(exchange -> !READ.matcher(exchange.toString()).matches())
                .filter(exchange -> kinds.add(kind(scenario, exchange)))
                .map(exchange -> Arguments.of(scenario, exchange)));
  }

  /// One of several uploads stands for all; what GraphQL does, its address does not tell.
  private static String kind(Scenario scenario, Exchange exchange) {
    return exchange.what().contains("/graphql")
        ? scenario + " " + exchange
        : exchange
            .what()
            .replaceFirst("/v2/.*/(blobs|manifests)/.*", "/v2/$1")
            .replaceFirst("/repos/[^/]+/[^/]+", "");
  }

  @ParameterizedTest
  @MethodSource("writes")
  @Timeout(120)
  void endsTheRunAtOnce(Scenario scenario, Exchange write)
      throws IOException, InterruptedException {
    try (World world = scenario.open(folder)) {
      world.wire().expect(Optional.of(new Case(write, Trouble.STALL)));
      RunningStep step =
          new JarRunner(Path.of("target/slipway.jar"), world.folders()).start(world.step());
      List<Exchange> before = world.wire().untilMet();
      Instant signal = Instant.now();

      StepResult result = step.cancel();

      assertThat(Duration.between(signal, Instant.now())).isLessThan(SECOND_SIGNAL);
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(result.log())
          .last()
          .asString()
          .startsWith("::error title=The run was cancelled::")
          .contains("Nothing was undone");
      assertThat(result.outputs()).doesNotContainKey("outcome");
      assertThat(after(before, world.wire().exchanges())).noneMatch(late -> isLate(late, write));
      Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    }
  }

  private static List<Exchange> after(List<Exchange> before, List<Exchange> all) {
    List<Exchange> after = new ArrayList<>(all);
    after.removeAll(before);
    return after;
  }

  /// Several requests to a registry are under way at once.
  private static boolean isLate(Exchange late, Exchange write) {
    return !(write.what().startsWith("registry ") && late.what().startsWith("registry "));
  }
}
