package dev.slipway.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeMachine.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Which machines get the script, and which refuse it.
class MachinesTest {
  private static final String ONE = "i-0000000000000000a";
  private static final String TWO = "i-0000000000000000b";

  @AutoClose private final Fleet fleet = new Fleet();

  @Test
  void readsEveryPageOfMachinesAndOfInvocations() {
    fleet.ssm().pagesOf(2);
    IntStream.range(0, 5)
        .forEach(number -> fleet.ssm().machine("i-0000000000000000" + number).tag("Name", "web"));
    fleet.ssm().machine("i-00000000000000004").then(State.ended(1, "no space left\n"));

    List<Problem> problems = fleet.problems(Fleet.web());

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().what()).contains("i-00000000000000004");
    assertThat(fleet.ssm().commands().getFirst().request().path("InstanceIds")).hasSize(5);
  }

  @Test
  void saysWhatItLookedForWhenNothingMatches() {
    fleet.ssm().machine(ONE).tag("Name", "Web");

    Problem problem = fleet.problems(Fleet.web()).getFirst();

    assertThat(problem.what()).contains("tag:Name=web");
    assertThat(problem.why()).contains(Fleet.REGION);
    assertThat(fleet.calls()).doesNotContain("SendCommand");
  }

  @Test
  void namesAMachineThatDoesNotAnswer() {
    fleet.ssm().machine(ONE).tag("Name", "web");
    fleet.ssm().machine(TWO).tag("Name", "web").lost();

    List<Problem> problems = fleet.problems(Fleet.web());

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().what()).contains(TWO);
    assertThat(problems.getFirst().why()).contains("ConnectionLost", "2026-01-01T00:00:00Z");
    assertThat(fleet.calls()).doesNotContain("SendCommand");
  }

  @Test
  void namesAMachineThatIsNotManaged() {
    fleet.ssm().machine(ONE);

    List<Problem> problems = fleet.problems(Fleet.named(ONE, TWO));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().what()).contains(TWO);
  }

  @Test
  void refusesWindows() {
    fleet.ssm().machine(ONE).windows();

    assertThat(fleet.problems(Fleet.named(ONE)).getFirst().what()).contains("Windows");
  }

  @Test
  void refusesMoreMachinesThanOneCommandTakes() {
    IntStream.range(10, 61)
        .forEach(number -> fleet.ssm().machine("i-000000000000000" + number).tag("Name", "web"));

    assertThat(fleet.problems(Fleet.web()).getFirst().what()).contains("51 machines");
  }

  @Test
  void isRedWhereOneOfTwoWasNotReachedAlthoughTheCommandSucceeded() {
    fleet.ssm().machine(ONE).then(State.ended(0, "done\n"));
    fleet.ssm().machine(TWO).then(State.of("Failed", "Undeliverable"));

    List<Problem> problems = fleet.problems(Fleet.named(ONE, TWO));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().what()).contains(TWO);
    assertThat(problems.getFirst().why()).contains("could not be delivered");
  }

  @Test
  void isRedWhereAMachineIsNeverListedAlthoughTheCommandSucceeded() {
    fleet.ssm().machine(ONE);
    fleet.ssm().machine(TWO).then(State.of("none", ""));

    List<Problem> problems = fleet.problems(Fleet.named(ONE, TWO));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().what()).contains(TWO);
    assertThat(fleet.time()).isLessThan(Duration.ofMinutes(2));
  }
}
