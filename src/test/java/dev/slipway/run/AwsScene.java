package dev.slipway.run;

import static dev.slipway.run.StepAssertions.assertGreen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A system on AWS over many runs: versions are delivered by its own workflow, and taken back by
/// the workflow beside it.
class AwsScene implements AutoCloseable {
  private final Sandbox sandbox;
  private final FakeAws cloud;
  private final Built built;
  private String environment = "production";
  private int run = 100;

  /// What the system's build leaves.
  ///
  /// @param archive in the workspace
  /// @param repository where it goes
  record Built(String archive, String repository) {}

  AwsScene(ReplacedSystem system, Path folder, Built built) {
    this.sandbox = Sandbox.start(system, folder);
    this.cloud = FakeAws.before(sandbox.ecr().endpoint());
    this.built = built;
    sandbox.ecr().add(built.repository());
    sandbox.gitHub().grant(Canaries.GITHUB_TOKEN, system.application(), Grant.WRITE);
  }

  final Sandbox sandbox() {
    return sandbox;
  }

  final FakeAws cloud() {
    return cloud;
  }

  /// Where deliveries are noted from now on.
  ///
  /// @param where empty: nowhere
  final void noting(String where) {
    environment = where;
  }

  /// Delivers a version that comes up.
  StepResult deploy(String version) throws IOException {
    StepResult result = deliver(version, "stop");
    assertGreen(result);
    return result;
  }

  /// Commits, builds and delivers a version.
  final StepResult deliver(String version, String onFailure) throws IOException {
    build(version);
    return run(sandbox.step().withVariable("INPUT_ON-FAILURE", onFailure));
  }

  /// The tip of the repository that the workflow runs in.
  final String head() {
    return sandbox.application().head("main");
  }

  /// The run of an earlier commit, once more.
  final StepResult runOf(String commit, String onSuperseded) {
    return run(
        sandbox
            .step()
            .withVariable("GITHUB_SHA", commit)
            .withVariable("INPUT_ON-SUPERSEDED", onSuperseded));
  }

  final void build(String version) throws IOException {
    sandbox.application().file("app.js", version);
    Files.copy(
        new SampleImages(sandbox.folders().temp(), version).ociArchive().path(),
        sandbox.folders().workspace().resolve(built.archive()),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// What a job has that checks nothing out.
  final void leaveTheRunnerEmpty() {
    sandbox.folders().clearWorkspace();
    forget();
  }

  /// Forgets every request.
  final void forget() {
    sandbox.registry().forget();
    sandbox.gitHub().forgetRequests();
    cloud.forgetCalls();
  }

  /// The registry loses an image.
  final void loseImage(StepResult delivered) {
    leaveTheRunnerEmpty();
    sandbox.registry().lose(tag(delivered), digest(delivered));
  }

  final StepResult rollBack() {
    return run(sandbox.rollback());
  }

  final StepResult rollBackTo(String name) {
    return run(sandbox.rollback().withVariable("INPUT_ROLLBACK-TO", name));
  }

  /// Another attempt of the run before.
  final StepResult rollBackAgain() {
    run--;
    return rollBack();
  }

  StepResult run(ContainerStep step) {
    StepResult result =
        new ProcessRunner(sandbox.folders())
            .run(
                step.withVariable("INPUT_AWS-ENDPOINT-URL", cloud.endpoint().toString())
                    .withVariable("INPUT_DEPLOYMENT-ENVIRONMENT", environment)
                    .withVariable("GITHUB_RUN_ID", String.valueOf(run++)));
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    cloud.ssm().commands().forEach(command -> Canaries.assertAbsentFrom(command.script()));
    return result;
  }

  void assertRolledBack(StepResult result, StepResult from, StepResult to) {
    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "rolled-back")
        .containsEntry("changed", "true")
        .containsEntry("rolled-back-from", tag(from))
        .containsEntry("rolled-back-to", tag(to))
        .containsEntry("tags", to.outputs().get("tags"))
        .containsEntry("digest", digest(to));
    assertThat(digestOf(tag(to))).contains(digest(to));
  }

  final void assertRedBeforeAnything(StepResult result) {
    assertThat(result.exitCode()).isOne();
    assertNothingIsWritten();
  }

  final void assertPassedBy(StepResult result, String newer) {
    assertGreen(result);
    assertThat(result.outputs())
        .containsEntry("outcome", "superseded")
        .containsEntry("changed", "false");
    assertThat(result.shown())
        .contains(
            "%s@%s was delivered already, and comes after this run's commit"
                .formatted(sandbox.application().fullName(), newer.substring(0, 7)));
    assertNothingIsWritten();
  }

  final void assertNothingIsWritten() {
    assertNothingIsPushed();
    assertThat(sandbox.gitHub().writes()).isEmpty();
    assertThat(cloud.calls())
        .doesNotContain(
            "SendCommand", "RegisterTaskDefinition", "UpdateService", "StopServiceDeployment");
  }

  final void assertNothingIsPushed() {
    assertThat(sandbox.registry().requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
  }

  /// What the registry has under a tag.
  final Optional<String> digestOf(String tag) {
    return sandbox.digest(built.repository(), tag);
  }

  static String tag(StepResult delivered) {
    return delivered.outputs().get("tag");
  }

  static String digest(StepResult delivered) {
    return delivered.outputs().get("digest");
  }

  @Override
  public void close() {
    cloud.close();
    sandbox.close();
  }
}
