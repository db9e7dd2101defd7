package dev.slipway.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.matrix.Trial.Ending;
import dev.slipway.matrix.Trial.Happy;
import dev.slipway.matrix.Trial.Verdict;
import dev.slipway.matrix.Wire.Case;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A cut through the matrix that every build can afford: of each system one exchange a trouble,
/// from its first to its last.
class MatrixCutTest {
  @ParameterizedTest
  @EnumSource
  void everySystemEndsAsIfNothingHadGoneWrong(Scenario scenario) throws Exception {
    Happy happy = Trial.happy(scenario);

    List<Ending> endings = FaultMatrix.play(cut(scenario, happy));

    assertThat(endings)
        .hasSize(Trouble.values().length)
        .noneMatch(ending -> ending.verdict() == Verdict.FAILED);
  }

  @Test
  void whatOnceWasDoneTwiceOrLeftBehindIsNot() throws Exception {
    Happy service = Trial.happy(Scenario.S3);
    Happy pullRequest = Trial.happy(Scenario.S1);
    Stream<Trial> registrations =
        Stream.of(Trouble.RESET_AFTER, Trouble.STALL, Trouble.TRUNCATED)
            .map(trouble -> new Case(new Exchange("AWS RegisterTaskDefinition", 1), trouble))
            .map(due -> new Trial(Scenario.S3, due, service.end()));
    Stream<Trial> branches =
        pullRequest.exchanges().stream()
            .filter(exchange -> exchange.what().matches("GitHub POST .*(/git/refs|/graphql)"))
            .map(exchange -> new Case(exchange, Trouble.KILL))
            .map(due -> new Trial(Scenario.S1, due, pullRequest.end()));

    List<Ending> endings = FaultMatrix.play(Stream.concat(registrations, branches).toList());

    assertThat(endings)
        .hasSizeGreaterThan(5)
        .noneMatch(ending -> ending.verdict() == Verdict.FAILED);
  }

  private static List<Trial> cut(Scenario scenario, Happy happy) {
    List<Trouble> troubles = List.of(Trouble.values());
    int last = happy.exchanges().size() - 1;
    return IntStream.range(0, troubles.size())
        .mapToObj(number ->
            new Case(
                happy.exchanges().get(number * last / (troubles.size() - 1)), troubles.get(number)))
        .map(due -> new Trial(scenario, due, happy.end()))
        .toList();
  }
}
