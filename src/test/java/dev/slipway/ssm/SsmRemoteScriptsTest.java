package dev.slipway.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.RemoteScripts.Machine;
import dev.slipway.delivery.Rollout;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.SsmFault;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Every way in which a command is known to end, or to seem to.
class SsmRemoteScriptsTest {
  private static final String ONE = "i-0000000000000000a";
  private static final String TWO = "i-0000000000000000b";

  @AutoClose private final Fleet fleet = new Fleet();

  @Test
  void runsTheScriptOnEveryMachineWithTheTag() {
    fleet.ssm().machine(ONE).tag("Name", "web");
    fleet.ssm().machine(TWO).tag("Name", "web");
    fleet.ssm().machine("i-0000000000000000c").tag("Name", "database");

    Rollout rollout = fleet.deliver(Fleet.web());

    assertThat(rollout)
        .isEqualTo(
            new Rollout.ScriptRan(
                fleet.ssm().commands().getFirst().id(),
                List.of(new Machine(ONE, "ip-" + ONE), new Machine(TWO, "ip-" + TWO))));
    assertThat(rollout.changed()).isTrue();
    assertThat(fleet.told()).contains("printed by %s (ip-%s): done\n".formatted(TWO, TWO));
    assertThat(fleet.ssm().commands()).hasSize(1);
    JsonNode request = fleet.ssm().commands().getFirst().request();
    assertThat(request.path("MaxConcurrency").asText()).isEqualTo("1");
    assertThat(request.path("MaxErrors").asText()).isEqualTo("0");
    assertThat(request.path("Comment").asText())
        .contains("https://github.com/acme/shop/actions/runs/17");
    assertThat(request.at("/Parameters/executionTimeout/0").asText()).isEqualTo("930");
  }

  @Test
  void waitsWhileANewCommandIsNotKnownYet() {
    fleet.ssm().machine(ONE).then(State.of("InProgress", "InProgress")).then(State.ended(0, ""));
    fleet
        .ssm()
        .fail(
            "ListCommandInvocations",
            SsmFault.notThereYet(),
            SsmFault.notThereYet(),
            SsmFault.notThereYet());
    fleet.ssm().fail("GetCommandInvocation", SsmFault.notThereYet());

    fleet.deliver(Fleet.named(ONE));

    assertThat(fleet.told()).contains("%s (ip-%s): is running the script".formatted(ONE, ONE));
  }

  @Test
  void waitsThroughThrottlingAndSilence() {
    fleet.ssm().machine(ONE);
    fleet
        .ssm()
        .fail(
            "ListCommandInvocations",
            SsmFault.throttled(),
            new SsmFault.RequestLost(),
            new SsmFault.Refused(503, "ServiceUnavailable", ""));

    fleet.deliver(Fleet.named(ONE));

    assertThat(fleet.ssm().commands()).hasSize(1);
  }

  @Test
  void tellsExitCodeAndLastLines() {
    fleet.ssm().machine(ONE).then(State.ended(3, "pulling\nmanifest unknown\n"));

    Problem problem = fleet.problems(Fleet.named(ONE)).getFirst();

    assertThat(problem.what()).contains(ONE);
    assertThat(problem.why()).contains("exit code 3", "pulling\nmanifest unknown");
    assertThat(problem.fix()).contains(fleet.ssm().commands().getFirst().id());
    assertThat(fleet.told()).anyMatch(line -> line.contains("manifest unknown"));
  }

  @Test
  void believesNoSuccessWithAnExitCode() {
    fleet.ssm().machine(ONE).then(new State("Success", "Success", 168, "", ""));

    assertThat(fleet.problems(Fleet.named(ONE)).getFirst().why()).contains("exit code 168");
  }

  @Test
  void waitsWhileAMachineRestarts() {
    fleet
        .ssm()
        .machine(ONE)
        .then(State.of("InProgress", "InProgress"))
        .then(State.of("Delayed", "Delayed"))
        .then(State.of("InProgress", "InProgress"))
        .then(State.ended(0, "up again\n"));

    fleet.deliver(Fleet.named(ONE));

    assertThat(fleet.told()).anyMatch(line -> line.contains("up again"));
  }

  @Test
  void explainsTheExitCodeThatAsksForARestart() {
    fleet.ssm().machine(ONE).then(State.ended(194, ""));

    Problem problem = fleet.problems(Fleet.named(ONE)).getFirst();

    assertThat(problem.why()).contains("194");
    assertThat(problem.fix()).contains("restart the machine");
  }

  @Test
  void saysWhichMachinesWereSparedAfterTheFirstFailure() {
    fleet.ssm().machine(ONE).then(State.ended(1, "broken\n"));
    fleet.ssm().machine(TWO).then(State.of("Cancelled", "Terminated"));

    List<Problem> problems = fleet.problems(Fleet.named(ONE, TWO));

    assertThat(problems).extracting(Problem::what).hasSize(2);
    assertThat(problems.getLast().what()).contains("not begun", TWO);
  }

  @Test
  void cancelsWhenTheTimeIsOver() {
    fleet.ssm().machine(ONE).then(State.of("InProgress", "InProgress"));

    List<Problem> problems = fleet.problems(Fleet.named(ONE));

    assertThat(problems.getFirst().what()).contains("15 minutes");
    assertThat(fleet.ssm().commands().getFirst().isCancelled()).isTrue();
    assertThat(fleet.time()).isBetween(Fleet.LIMIT, Fleet.LIMIT.plusMinutes(2));
  }

  @Test
  void saysSoWhenTheCommandCannotBeCancelled() {
    fleet.ssm().machine(ONE).then(State.of("InProgress", "InProgress"));
    fleet.ssm().fail("CancelCommand", SsmFault.denied("CancelCommand", "*"));

    assertThat(fleet.problems(Fleet.named(ONE)).getFirst().fix()).contains("ssm:CancelCommand");
  }

  @Test
  void isGreenWhenTheScriptWasFasterThanTheCancellation() {
    fleet.ssm().machine(ONE).then(State.of("InProgress", "InProgress"));
    fleet.ssm().whenCancelled(ssm -> ssm.machine(ONE).finishes(State.ended(0, "just done\n")));

    fleet.deliver(Fleet.named(ONE));

    assertThat(fleet.told()).anyMatch(line -> line.contains("just done"));
  }

  @Test
  void sendsNothingTwiceAfterALostAnswer() {
    fleet.ssm().machine(ONE);
    fleet.ssm().fail("SendCommand", new SsmFault.AnswerLost());

    Rollout rollout = fleet.deliver(Fleet.named(ONE));

    assertThat(fleet.ssm().commands()).hasSize(1);
    assertThat(fleet.calls().stream().filter("SendCommand"::equals)).hasSize(1);
    assertThat(((Rollout.ScriptRan) rollout).command())
        .isEqualTo(fleet.ssm().commands().getFirst().id());
  }

  @Test
  void sendsAgainWhatAwsNeverGot() {
    fleet.ssm().machine(ONE);
    fleet.ssm().fail("SendCommand", new SsmFault.RequestLost(), SsmFault.throttled());

    fleet.deliver(Fleet.named(ONE));

    assertThat(fleet.ssm().commands()).hasSize(1);
    assertThat(fleet.calls().stream().filter("SendCommand"::equals)).hasSize(3);
  }

  @Test
  void doesNotSendAgainWhereNobodyMaySayWhetherAwsGotIt() {
    fleet.ssm().machine(ONE);
    fleet.ssm().fail("SendCommand", new SsmFault.AnswerLost());
    fleet.ssm().fail("ListCommands", SsmFault.denied("ListCommands", "*"));

    Problem problem = fleet.problems(Fleet.named(ONE)).getFirst();

    assertThat(problem.what()).contains("not known");
    assertThat(problem.fix()).contains("ssm:ListCommands");
    assertThat(fleet.ssm().commands()).hasSize(1);
  }

  @Test
  void namesThePermissionAndTheResource() {
    fleet.ssm().machine(ONE);
    String document = "arn:aws:ssm:ap-northeast-2::document/AWS-RunShellScript";
    fleet.ssm().fail("SendCommand", SsmFault.denied("SendCommand", document));

    Problem problem = fleet.problems(Fleet.named(ONE)).getFirst();

    assertThat(problem.why()).contains(document);
    assertThat(problem.fix()).contains("ssm:SendCommand");
  }

  @Test
  void hidesTokensThatAMachinePrints() {
    String token = "ghp_" + "a1".repeat(18);
    fleet.ssm().machine(ONE).then(State.ended(1, "login with " + token + "\n"));

    List<Problem> problems = fleet.problems(Fleet.named(ONE));

    assertThat(problems.toString() + fleet.told()).contains("login with ***").doesNotContain(token);
  }

  @Test
  void showsWhatBothStreamsSay() {
    fleet.ssm().machine(ONE).then(new State("Success", "Success", 0, "out", "there is no user\n"));

    fleet.deliver(Fleet.named(ONE));

    assertThat(fleet.told()).anyMatch(line -> line.endsWith("out\nthere is no user\n"));
  }
}
