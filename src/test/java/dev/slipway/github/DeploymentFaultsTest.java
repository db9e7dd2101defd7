package dev.slipway.github;

import static dev.slipway.github.LedgerWorld.RUN;
import static dev.slipway.github.LedgerWorld.TARGET;
import static dev.slipway.github.LedgerWorld.image;
import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.delivery.DeliveryRecord;
import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.delivery.DeploymentLedger;
import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.DeploymentLedger.Note;
import dev.slipway.delivery.DeploymentLedger.Standing;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.Fault;
import dev.slipway.values.KeyPath;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Notes of deployments that GitHub loses, refuses or cannot take.
class DeploymentFaultsTest {
  @AutoClose private final LedgerWorld world = new LedgerWorld();
  private final FakeGitHub gitHub = world.gitHub;
  private final FakeRepository repository = world.repository;
  private final DeploymentLedger ledger = world.ledger;

  @TestFactory
  Stream<DynamicTest> oneFaultDoesNotMakeTwoDeployments() {
    return Stream.of(
            "POST /repos/acme/shop/deployments",
            "mutation AddDeploymentStatus",
            "query Deployments")
        .flatMap(request ->
            FaultMatrixTest.PASSING.entrySet().stream()
                .map(fault ->
                    DynamicTest.dynamicTest(
                        request + " " + fault.getKey(),
                        () -> survives(request, fault.getValue()))));
  }

  @Test
  void aDeploymentWhoseAnswerWasLostIsNotMadeTwice() {
    gitHub.fault("POST /repos/acme/shop/deployments", new Fault.AnswerLost());

    String id = ledger.begin(world.note("1.2.3"));

    assertThat(repository.deployments()).hasSize(1);
    assertThat(ledger.entries("staging", TARGET)).extracting(Entry::id).containsExactly(id);
  }

  @Test
  void anEarlierDeploymentOfTheSameRunIsNotTakenForTheLostOne() {
    String first = ledger.begin(world.note("1.2.3"));
    gitHub.fault("POST /repos/acme/shop/deployments", new Fault.Broken());

    String second = ledger.begin(world.note("1.2.3"));

    assertThat(second).isNotEqualTo(first);
    assertThat(repository.deployments()).hasSize(2);
  }

  @Test
  void aStatusWhoseAnswerWasLostIsSaidAgain() {
    String id = ledger.begin(world.note("1.2.3"));
    gitHub.fault("mutation AddDeploymentStatus", new Fault.AnswerLost());

    ledger.settle(id, Standing.GOOD, "Runs");

    assertThat(ledger.entries("staging", TARGET).getFirst().standing()).isEqualTo(Standing.GOOD);
  }

  @Test
  void saysWhichPermissionIsMissing() {
    Problem problem = problemOf(() -> world.with(Grant.CONTENTS).begin(world.note("1.2.3")));

    assertThat(problem.what()).isEqualTo("GitHub refused to let us note a deployment in acme/shop");
    assertThat(problem.fix())
        .contains("`deployments=write`", "permissions:", "`deployment-environment`");
  }

  @Test
  void aRepositoryThatIsHiddenIsAMissingPermissionToo() {
    Problem problem = problemOf(() -> world.with(Grant.NONE).begin(world.note("1.2.3")));

    assertThat(problem.fix()).contains("`deployments=write`", "`deployment-environment`");
  }

  @Test
  void saysThatDeploymentsCannotBeRead() {
    gitHub.fault(
        "query Deployments",
        Fault.graphQlError("FORBIDDEN", "Resource not accessible by integration"));

    Problem problem = problemOf(() -> ledger.entries("staging", TARGET));

    assertThat(problem.what())
        .isEqualTo("GitHub refused to let us read the deployments of acme/shop");
    assertThat(problem.fix()).contains("`deployments=read`", "`deployment-environment`");
  }

  @Test
  void saysWhatGitHubHasAgainstTheDeployment() {
    gitHub.fault(
        "POST /repos/acme/shop/deployments",
        new Fault.Instead(
            409, Map.of(), "{\"message\":\"Conflict merging main into topic-branch.\"}"));

    Problem problem = problemOf(() -> ledger.begin(world.note("1.2.3")));

    assertThat(problem.why()).contains("409", "Conflict merging main into topic-branch.");
  }

  @Test
  void saysThatGitHubDoesNotKnowTheCommit() {
    DeliveryRecord unpushed =
        new DeliveryRecord(
            new CommitSha("e".repeat(40)),
            Optional.empty(),
            List.of(image("1")),
            List.of(),
            Optional.empty());

    Problem problem =
        problemOf(() -> ledger.begin(new Note("staging", TARGET, unpushed, "77", RUN, false)));

    assertThat(problem.why()).contains("422", "No ref found");
  }

  @Test
  void anAnswerWithoutADeploymentIsNoDeployment() {
    gitHub.fault(
        "POST /repos/acme/shop/deployments",
        new Fault.Instead(202, Map.of(), "{\"message\":\"Auto-merged main into topic.\"}"));

    assertThat(problemOf(() -> ledger.begin(world.note("1.2.3"))).what())
        .isEqualTo("GitHub's answer cannot be read");
  }

  @Test
  void saysThatThereIsTooMuchToNote() {
    List<Value> values =
        IntStream.range(0, 2_000)
            .mapToObj(number ->
                new Value("apps/%d/values.yaml".formatted(number), KeyPath.parse("tag"), "1.2.3"))
            .toList();
    DeliveryRecord record =
        new DeliveryRecord(
            new CommitSha(world.commit), Optional.empty(), List.of(), values, Optional.empty());

    Problem problem =
        problemOf(() -> ledger.begin(new Note("staging", TARGET, record, "77", RUN, false)));

    assertThat(problem.why()).contains("65535");
    assertThat(gitHub.requests()).isEmpty();
  }

  private static void survives(String request, Fault fault) {
    try (LedgerWorld world = new LedgerWorld()) {
      world.gitHub.fault(request, fault);

      String id = world.ledger.begin(world.note("1.2.3"));
      world.ledger.settle(id, Standing.GOOD, "Runs");

      assertThat(world.ledger.entries("staging", TARGET))
          .extracting(Entry::id, Entry::standing)
          .containsExactly(tuple(id, Standing.GOOD));
    }
  }
}
