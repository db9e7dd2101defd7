package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeEcs;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeSts;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs of system S3 that return to an earlier delivery, each after whole runs that
/// delivered.
class VojRollbackTest {
  private static final String REPOSITORY = "voj-backend-api";
  private static final String FILE = ".github/ecs/taskdef.json";
  private static final String ARN =
      "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/voj-backend-api:";

  @TempDir private Path folder;
  private Sandbox sandbox;
  private FakeAws cloud;
  private String environment = "production";
  private int run = 100;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(ReplacedSystem.VOJ, folder);
    sandbox.ecr().add(REPOSITORY);
    sandbox.gitHub().grant(Canaries.GITHUB_TOKEN, ReplacedSystem.VOJ.application(), Grant.WRITE);
    cloud = FakeAws.before(sandbox.ecr().endpoint());
    cloud.ecs().recordsDeployments();
    cloud.ecs().runs(definition("voj:old"));
  }

  @AfterEach
  void close() {
    cloud.close();
    sandbox.close();
  }

  @Test
  void returnsFromABrokenVersionAndThenFurther() throws IOException {
    StepResult oldest = deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    cloud.ecs().then(FakeEcs.progress(0, 9));
    StepResult broken = deliver("1.1.0");
    leaveTheRunnerEmpty();
    cloud.ecs().then(FakeEcs.rollingBack(), FakeEcs.rolledBack());

    StepResult first = rollBack();
    cloud.ecs().then(FakeEcs.complete());
    StepResult second = rollBack();

    assertRolledBack(first, broken, good);
    assertThat(first.outputs())
        .containsEntry("task-definition-arn", ARN + 3)
        .containsEntry("previous-task-definition-arn", ARN + 4);
    assertThat(first.shown())
        .contains(
            "it is the newest delivery before %s that went well".formatted(tag(broken)),
            "The deployment of the ECS service voj-backend-api to voj-backend-api:4 is stopped",
            "Rolled back: %s -> %s; ".formatted(tag(broken), tag(good)));
    assertThat(first.summary())
        .contains("runs voj-backend-api:3; before, it ran voj-backend-api:4");
    assertRolledBack(second, good, oldest);
    assertThat(second.outputs())
        .containsEntry("task-definition-arn", ARN + 2)
        .containsEntry("previous-task-definition-arn", ARN + 3);
    assertThat(cloud.ecs().service().path("taskDefinition").asText()).isEqualTo(ARN + 2);
    assertThat(cloud.calls()).doesNotContain("RegisterTaskDefinition", "DeregisterTaskDefinition");
    assertThat(sandbox.application().ledger())
        .containsExactly(
            "Deploy %s: SUCCESS".formatted(tag(oldest)),
            "Deploy %s: FAILURE".formatted(tag(good)),
            "Deploy %s: FAILURE".formatted(tag(broken)),
            "Return to %s: FAILURE".formatted(tag(good)),
            "Return to %s: SUCCESS".formatted(tag(oldest)));
    assertNothingIsPushed();
  }

  @Test
  void returnsFromABrokenVersionAndThenFurtherWithoutALedger() throws IOException {
    environment = "";
    StepResult oldest = deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    cloud.ecs().then(FakeEcs.progress(0, 9));
    StepResult broken = deliver("1.1.0");
    leaveTheRunnerEmpty();
    cloud.ecs().then(FakeEcs.rollingBack(), FakeEcs.rolledBack());

    StepResult first = rollBack();
    cloud.ecs().then(FakeEcs.complete());
    StepResult second = rollBack();

    assertRolledBack(first, broken, good);
    assertThat(first.shown()).contains("the service ran voj-backend-api:3 before");
    assertRolledBack(second, good, oldest);
    assertThat(cloud.ecs().service().path("taskDefinition").asText()).isEqualTo(ARN + 2);
    assertThat(cloud.calls()).doesNotContain("RegisterTaskDefinition", "DeregisterTaskDefinition");
    assertThat(sandbox.application().ledger()).isEmpty();
    assertNothingIsPushed();
  }

  @Test
  void leavesTheServiceWhereEcsHasReturnedItByItself() throws IOException {
    StepResult oldest = deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    cloud.ecs().then(FakeEcs.rollBack("OutOfMemoryError: killed"));
    StepResult broken = deliver("1.1.0");
    cloud.ecs().at(FakeEcs.rolledBack());
    leaveTheRunnerEmpty();

    StepResult first = rollBack();
    List<String> calls = cloud.calls();
    cloud.ecs().then(FakeEcs.complete());
    StepResult second = rollBack();

    assertGreen(first);
    assertThat(first.outputs())
        .containsEntry("outcome", "unchanged")
        .containsEntry("rolled-back-from", tag(broken))
        .containsEntry("rolled-back-to", tag(good))
        .containsEntry("task-definition-arn", ARN + 3);
    assertThat(calls).doesNotContain("UpdateService", "StopServiceDeployment");
    assertRolledBack(second, good, oldest);
  }

  @Test
  void leavesTheServiceWhereEcsHasReturnedItByItselfWithoutALedger() throws IOException {
    environment = "";
    deploy("1.0.0");
    cloud.ecs().then(FakeEcs.rollBack("OutOfMemoryError: killed"));
    deliver("1.1.0");
    cloud.ecs().at(FakeEcs.rolledBack());
    leaveTheRunnerEmpty();

    StepResult result = rollBack();

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "unchanged");
    assertThat(result.shown()).contains("voj-backend-api:3 did not come up");
    assertThat(cloud.calls()).doesNotContain("UpdateService", "StopServiceDeployment");
  }

  @Test
  void namesTheNextCandidateWhereTheImageIsGone() throws IOException {
    StepResult oldest = deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    deploy("1.1.0");
    loseImage(good);

    StepResult result = rollBack();

    assertRedBeforeAnything(result);
    assertThat(result.shown())
        .contains(
            "%s cannot be returned to".formatted(tag(good)),
            "`rollback-to: %s`".formatted(tag(oldest)));
  }

  @Test
  void saysThatTheImageIsGoneWithoutALedger() throws IOException {
    environment = "";
    StepResult good = deploy("1.0.0");
    deploy("1.1.0");
    loseImage(good);

    StepResult result = rollBack();

    assertRedBeforeAnything(result);
    assertThat(result.shown())
        .contains(
            "%s cannot be returned to".formatted(tag(good)),
            "build the commit %s again".formatted(tag(good).substring(4)));
  }

  @Test
  void registersAnewWhatWasDeregistered() throws IOException {
    StepResult oldest = deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    StepResult newest = deploy("1.1.0");
    leaveTheRunnerEmpty();
    cloud.ecs().mark(ARN + 3, "INACTIVE");
    cloud.ecs().then(FakeEcs.complete());

    StepResult first = rollBack();
    cloud.ecs().then(FakeEcs.complete());
    StepResult second = rollBack();

    assertRolledBack(first, newest, good);
    assertThat(first.outputs()).containsEntry("task-definition-arn", ARN + 5);
    assertThat(cloud.ecs().registered().getLast())
        .contains(good.outputs().get("image"), "\"name\":\"EXTRA\",\"value\":\"\"");
    assertRolledBack(second, good, oldest);
    assertThat(second.outputs()).containsEntry("task-definition-arn", ARN + 2);
  }

  @Test
  void changesNothingWhereItIsThereAlready() throws IOException {
    deploy("1.0.0");
    StepResult newest = deploy("1.1.0");
    leaveTheRunnerEmpty();

    StepResult result = run(sandbox.rollback().withVariable("INPUT_ROLLBACK-TO", tag(newest)));

    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "unchanged")
        .containsEntry("changed", "false")
        .containsEntry("task-definition-arn", ARN + 3);
    assertThat(cloud.calls()).doesNotContain("UpdateService", "StopServiceDeployment");
    assertThat(sandbox.application().ledger()).hasSize(2);
  }

  @Test
  void leavesAServiceAloneThatSomebodyMovesMeanwhile() throws IOException {
    deploy("1.0.0");
    deploy("1.1.0");
    leaveTheRunnerEmpty();
    String other = cloud.ecs().has(definition("voj:other"));
    cloud
        .ecs()
        .then(
            FakeEcs.nothing(),
            ecs -> {
              ecs.begins(other);
              return Optional.empty();
            })
        .now();

    StepResult result = rollBack();

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains("The ECS service voj-backend-api was moved by somebody else meanwhile");
    assertThat(cloud.calls()).doesNotContain("UpdateService", "StopServiceDeployment");
    assertThat(sandbox.application().ledger()).last().asString().endsWith("FAILURE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsToWhatIsNamed(String where) throws IOException {
    environment = where;
    StepResult oldest = deploy("0.9.0");
    String commit = sandbox.application().head("main");
    deploy("1.0.0");
    StepResult newest = deploy("1.1.0");
    leaveTheRunnerEmpty();
    cloud.ecs().then(FakeEcs.complete());

    StepResult byTag = run(sandbox.rollback().withVariable("INPUT_ROLLBACK-TO", tag(oldest)));
    StepResult byCommit = run(sandbox.rollback().withVariable("INPUT_ROLLBACK-TO", commit));
    StepResult byStart =
        run(sandbox.rollback().withVariable("INPUT_ROLLBACK-TO", commit.substring(0, 8)));

    assertGreen(byTag);
    assertThat(byTag.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-to", tag(oldest))
        .containsEntry("digest", oldest.outputs().get("digest"))
        .containsEntry("task-definition-arn", ARN + 2);
    assertThat(byTag.shown()).contains("commit   " + commit);
    for (StepResult again : List.of(byCommit, byStart)) {
      assertGreen(again);
      assertThat(again.outputs())
          .containsEntry("outcome", "unchanged")
          .containsEntry("task-definition-arn", ARN + 2);
    }
    assertThat(tag(newest)).isNotEqualTo(tag(oldest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.7.7", "not a tag!", "sha-0000000", "0123456789abcdef"})
  void refusesWhatItDoesNotKnow(String name) throws IOException {
    deploy("1.0.0");
    deploy("1.1.0");
    leaveTheRunnerEmpty();

    StepResult result = run(sandbox.rollback().withVariable("INPUT_ROLLBACK-TO", name));

    assertRedBeforeAnything(result);
    assertThat(result.shown()).contains(name).contains("rollback-to");
  }

  @Test
  void writesNothingInADryRun() throws IOException {
    deploy("1.0.0");
    deploy("1.1.0");
    leaveTheRunnerEmpty();

    StepResult result = run(sandbox.rollback().withVariable("INPUT_DRY-RUN", "true"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("outcome", "planned");
    assertThat(result.shown()).contains("back to voj-backend-api:2; it runs voj-backend-api:3");
    assertNothingIsWritten();
  }

  @Test
  void aSecondAttemptGoesOnWhereTheFirstOneStopped() throws IOException {
    deploy("0.9.0");
    StepResult good = deploy("1.0.0");
    deploy("1.1.0");
    leaveTheRunnerEmpty();
    cloud.ecs().then(FakeEcs.progress(0, 0));
    StepResult late = rollBack();
    run--;
    cloud.ecs().then(FakeEcs.complete()).now();

    StepResult again = rollBack();

    assertThat(late.exitCode()).isOne();
    assertGreen(again);
    assertThat(again.outputs())
        .containsEntry("rolled-back-to", tag(good))
        .containsEntry("task-definition-arn", ARN + 3);
    assertThat(cloud.calls().stream().filter("UpdateService"::equals)).hasSize(1);
    assertThat(sandbox.application().ledger())
        .last()
        .isEqualTo("Return to %s: SUCCESS".formatted(tag(good)));
  }

  @Test
  void goesOnForwardAfterARollback() throws IOException {
    StepResult good = deploy("1.0.0");
    deploy("1.1.0");
    cloud.ecs().then(FakeEcs.complete());
    assertGreen(rollBack());
    StepResult newest = deploy("1.2.0");
    cloud.ecs().then(FakeEcs.complete());

    StepResult result = rollBack();

    assertRolledBack(result, newest, good);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "production"})
  void returnsAtOnceWhenTheTasksDoNotComeUp(String where) throws IOException {
    environment = where;
    StepResult good = deploy("1.0.0");
    cloud
        .ecs()
        .then(ecs -> {
          ecs.then(FakeEcs.rollingBack(), FakeEcs.rolledBack());
          return FakeEcs.fail("CannotPullContainerError").play(ecs);
        });

    StepResult result = deliver("1.1.0", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.shown())
        .contains(
            "CannotPullContainerError",
            "The delivery failed, and is rolled back",
            "Rolled back: %s -> %s; ".formatted(tag(result), tag(good)));
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("rolled-back-from", tag(result))
        .containsEntry("rolled-back-to", tag(good))
        .containsEntry("task-definition-arn", ARN + 2);
    assertThat(cloud.ecs().service().path("taskDefinition").asText()).isEqualTo(ARN + 2);
  }

  @Test
  void doesNothingMoreWhenEcsReturnsByItself() throws IOException {
    deploy("1.0.0");
    cloud.ecs().then(FakeEcs.rollBack("OutOfMemoryError: killed"), FakeEcs.rolledBack());

    StepResult result = deliver("1.1.0", "rollback");

    assertThat(result.exitCode()).isOne();
    assertThat(result.outputs()).containsEntry("outcome", "rolled-back");
    assertThat(cloud.calls().stream().filter("UpdateService"::equals)).hasSize(2);
    assertThat(cloud.calls()).doesNotContain("StopServiceDeployment");
    assertThat(cloud.ecs().service().path("taskDefinition").asText()).isEqualTo(ARN + 2);
  }

  @Test
  void goesByTheServicesHistoryWhereTheLedgerMayNotBeWritten() throws IOException {
    sandbox.gitHub().grant(Canaries.GITHUB_TOKEN, ReplacedSystem.VOJ.application(), Grant.READ);
    StepResult good = deploy("1.0.0");
    StepResult newest = deploy("1.1.0");
    cloud.ecs().then(FakeEcs.complete());

    StepResult result = rollBack();

    assertRolledBack(result, newest, good);
    assertThat(result.shown()).contains("deployments=write");
  }

  /// Delivers a version that comes up.
  private StepResult deploy(String version) throws IOException {
    cloud.ecs().then(FakeEcs.complete());
    StepResult result = deliver(version);
    assertGreen(result);
    return result;
  }

  private StepResult deliver(String version) throws IOException {
    return deliver(version, "stop");
  }

  private StepResult deliver(String version, String onFailure) throws IOException {
    sandbox.application().file("app.js", version);
    Files.copy(
        new SampleImages(sandbox.folders().temp(), version).ociArchive().path(),
        sandbox.folders().workspace().resolve("voj.tar"),
        StandardCopyOption.REPLACE_EXISTING);
    return run(sandbox.step().withVariable("INPUT_ON-FAILURE", onFailure));
  }

  /// What a job has that checks nothing out.
  private void leaveTheRunnerEmpty() throws IOException {
    Files.delete(sandbox.folders().workspace().resolve("voj.tar"));
    Files.delete(sandbox.folders().workspace().resolve(FILE));
    sandbox.registry().forget();
    sandbox.gitHub().forgetRequests();
    cloud.forgetCalls();
  }

  /// A lifecycle rule removes it.
  private void loseImage(StepResult delivered) throws IOException {
    leaveTheRunnerEmpty();
    String digest = delivered.outputs().get("digest");
    sandbox
        .registry()
        .always(request ->
            request.path().matches(".*/manifests/(%s|%s)".formatted(tag(delivered), digest))
                ? Optional.of(WireFault.refusal(404, "MANIFEST_UNKNOWN", "manifest unknown"))
                : Optional.empty());
  }

  private String definition(String image) {
    return sandbox.fixture("workspace/" + FILE).replace("<to-be-replaced>", image);
  }

  private StepResult rollBack() {
    return run(sandbox.rollback());
  }

  private StepResult run(ContainerStep step) {
    StepResult result =
        new ProcessRunner(sandbox.folders())
            .run(
                step.withVariable("INPUT_AWS-ENDPOINT-URL", cloud.endpoint().toString())
                    .withVariable("ACTIONS_ID_TOKEN_REQUEST_URL", cloud.tokens().toString())
                    .withVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", FakeSts.REQUEST_TOKEN)
                    .withVariable("INPUT_DEPLOYMENT-ENVIRONMENT", environment)
                    .withVariable("GITHUB_RUN_ID", String.valueOf(run++)));
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    return result;
  }

  private void assertRolledBack(StepResult result, StepResult from, StepResult to) {
    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("changed", "true")
        .containsEntry("rolled-back-from", tag(from))
        .containsEntry("rolled-back-to", tag(to))
        .containsEntry("tag", tag(to))
        .containsEntry("digest", to.outputs().get("digest"));
    assertThat(result.shown()).contains("commit   " + tag(to).substring(4));
    assertThat(sandbox.digest(REPOSITORY, tag(to))).contains(to.outputs().get("digest"));
  }

  private void assertNothingIsPushed() {
    assertThat(sandbox.registry().requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
  }

  private void assertNothingIsWritten() {
    assertNothingIsPushed();
    assertThat(sandbox.gitHub().writes()).isEmpty();
    assertThat(cloud.calls())
        .doesNotContain("RegisterTaskDefinition", "UpdateService", "StopServiceDeployment");
  }

  private void assertRedBeforeAnything(StepResult result) {
    assertThat(result.exitCode()).isOne();
    assertNothingIsWritten();
  }

  private static String tag(StepResult delivered) {
    return delivered.outputs().get("tag");
  }
}
