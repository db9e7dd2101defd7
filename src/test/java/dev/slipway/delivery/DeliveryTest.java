package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.delivery.GitOpsRepository.Awaited;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
  private static final CommitSha HEAD = new CommitSha("a1b2c3d" + "0".repeat(33));
  private static final String FILE = SampleInputs.FILE;

  private static final CommitSha NEWER = new CommitSha("b".repeat(40));

  private final World world = new World(HEAD);
  private final Delivery delivery =
      new Delivery(
          new Planner(world.home, world.archives, world.registry, world.targets),
          world.registry,
          world.targets,
          world.progress);

  @Test
  void pushesThenProposesExactlyTheChange() {
    world.file(FILE, "image:\n  tag: 1.2.2 # ours\n");

    Report report = deliver(tagged("{version}").update("image.tag", "{tag}"), run());

    assertThat(world.events)
        .containsExactly(
            "planned",
            "pushing",
            "push 1.2.3-a1b2c3d",
            "pushed",
            "propose",
            "arm",
            "rolled out",
            "finished");
    assertThat(world.proposals.getFirst().changes())
        .singleElement()
        .satisfies(change ->
            assertThat(change.after().text()).contains("image:\n  tag: 1.2.3-a1b2c3d # ours\n"));
    assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(report.changed()).isTrue();
  }

  @Test
  void aDryRunEndsWithThePlan() {
    world.file(FILE, "image:\n  tag: 1.2.2\n");

    Report report = deliver(tagged("{version}").update("image.tag", "{tag}").dryRun(), run());

    assertThat(world.events).containsExactly("planned", "finished");
    assertThat(report.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(report.plan().gitOps().orElseThrow().changesAnything()).isTrue();
  }

  @Test
  void saysTheDigestThatThePushBroughtOut() {
    world.file(FILE, "image:\n  digest: none\n");
    world.digestBeforePush = Optional.empty();

    deliver(tagged("sha-{sha:7}").update("image.digest", "{digest}"), run());

    assertThat(world.proposals.getFirst().changes().getFirst().after().text())
        .contains("image:\n  digest: %s\n".formatted(World.DIGEST));
    assertThat(world.proposals.getFirst().commitMessage())
        .contains("Image-Digest: " + World.DIGEST)
        .contains("Slipway-Source: acme/shop@" + HEAD);
  }

  @Test
  void proposesNothingWhenTheBaseSaysItAlready() {
    world.file(FILE, "image:\n  tag: sha-a1b2c3d\n");
    world.pushChanges = false;

    Report report = deliver(tagged("sha-{sha:7}").update("image.tag", "{tag}"), run());

    assertThat(world.proposals).isEmpty();
    assertThat(report.rollouts()).singleElement().isInstanceOf(Rollout.AlreadyUpToDate.class);
    assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(report.changed()).isFalse();
  }

  @Test
  void anOpenPullRequestThatSaysItAlreadyChangesNothing() {
    world.file(FILE, "image:\n  tag: old\n");
    world.pushChanges = false;
    world.operation = Operation.NONE;
    world.merge = new Merge.Enabled(MergeMethod.SQUASH, false);

    Report report = deliver(tagged("sha-{sha:7}").update("image.tag", "{tag}"), run());

    assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(report.changed()).isFalse();
  }

  @Test
  void aPullRequestMergedAtOnceIsADeployment() {
    world.file(FILE, "image:\n  tag: old\n");
    world.merge = new Merge.Merged(HEAD);

    Report report = deliver(tagged("sha-{sha:7}").update("image.tag", "{tag}"), run());

    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void editsTheFileAsItIsAfterThePush() {
    world.file(FILE, "image:\n  tag: old\n");
    world.duringPush = () -> world.file(FILE, "image:\n  tag: old\nreplicas: 3\n");

    deliver(tagged("sha-{sha:7}").update("image.tag", "{tag}"), run());

    assertThat(world.proposals.getFirst().changes().getFirst().after().text())
        .contains("image:\n  tag: sha-a1b2c3d\nreplicas: 3\n");
  }

  @Test
  void commitsToTheBaseBranchWhereThatIsAsked() {
    world.file(FILE, "tag: old\n");

    Report report = deliver(tagged("new").update("tag", "{tag}").byCommit(), run());

    assertThat(world.events)
        .containsExactly(
            "planned",
            "pushing",
            "push new",
            "pushed",
            "commit tag: new",
            "rolled out",
            "finished");
    assertThat(world.messages.getFirst()).contains("\nSlipway-Source: acme/shop@" + HEAD);
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
    assertThat(report.changed()).isTrue();
    assertThat(report.plan().gitOps().orElseThrow().headBranch()).isEmpty();
  }

  @Test
  void makesTheCommitAnewOnWhatAFasterRunWrote() {
    world.file(FILE, "tag: old\n");
    world.racesToLose = 1;
    world.duringRace = () -> world.file(FILE, "tag: old\nother: theirs\n");

    Report report = deliver(tagged("new").update("tag", "{tag}").byCommit(), run());

    assertThat(world.events).contains("commit tag: new", "commit tag: new\nother: theirs");
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void isDoneWhenAFasterRunWroteTheSame() {
    world.file(FILE, "tag: old\n");
    world.pushChanges = false;
    world.racesToLose = 1;
    world.duringRace = () -> world.file(FILE, "tag: new\n");

    Report report = deliver(tagged("new").update("tag", "{tag}").byCommit(), run());

    assertThat(world.events).containsOnlyOnce("commit tag: new");
    assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void doesNotRaceForEver() {
    world.file(FILE, "tag: old\n");
    world.racesToLose = Integer.MAX_VALUE;

    assertThatThrownBy(() -> deliver(tagged("new").update("tag", "{tag}").byCommit(), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("acme/gitops does not hold still");
  }

  @Test
  void reportsAllProblemsTogetherBeforeAnythingIsDone() {
    world.noTags();
    world.archiveProblem = Optional.of(new Problem("no archive", "why", "fix"));

    assertThatThrownBy(() ->
            deliver(tagged("{version}").update("image.tag", "{tag}").update("a.b", "x"), run()))
        .asInstanceOf(type(ActionException.class))
        .extracting(ActionException::problems)
        .satisfies(problems -> assertThat(problems).hasSize(2));
    assertThat(world.events).isEmpty();
  }

  @Test
  void aMissingFileAndAMissingKeyAreRedBeforeThePush() {
    world.file(FILE, "image:\n  tag: old\n");

    assertThatThrownBy(() -> deliver(tagged("x").update("image.tagg", "{tag}"), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("image.tagg");
    assertThatThrownBy(() -> deliver(tagged("x").update("no.yaml", "a", "b"), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("no.yaml does not exist");
    assertThat(world.events).isEmpty();
  }

  @Test
  void aTagThatNoRegistryTakesIsRedBeforeThePush() {
    assertThatThrownBy(() -> deliver(tagged("{sha}{sha}{sha}{sha}"), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("160 characters");
    assertThat(world.events).isEmpty();
  }

  @Test
  void foreignCodeIsPlannedButNeverDelivered() {
    world.file(FILE, "image:\n  tag: old\n");
    SampleInputs inputs = tagged("sha-{sha:7}").update("image.tag", "{tag}");

    assertThatThrownBy(() -> deliver(inputs, foreignRun())).isInstanceOf(ActionException.class);
    assertThat(world.events).isEmpty();

    Report report = deliver(inputs.dryRun(), foreignRun());

    assertThat(report.outcome()).isEqualTo(Outcome.PLANNED);
  }

  @Test
  void createsBootstrapFilesOnlyWhereTheyAreAbsent() {
    world.file(FILE, "image:\n  tag: old\n");
    world.file("apps/shop/there.yaml", "mine: true\n");
    SampleInputs inputs =
        tagged("sha-{sha:7}")
            .update("image.tag", "{tag}")
            .bootstrap("apps/shop/there.yaml", "theirs")
            .bootstrap("apps/shop/new.yaml", "new");

    deliver(inputs, run());

    assertThat(world.proposals.getFirst().changes())
        .extracting(FileChange::path)
        .containsExactly(FILE, "apps/shop/new.yaml");
  }

  @Test
  void theBranchIsTheSameForEveryCommitAndAnotherForOtherFilesAndKeys() {
    world.file(FILE, "image:\n  tag: old\nsidecar:\n  tag: old\n");
    world.file("b.yaml", "image:\n  tag: old\n");

    deliver(tagged("one").update("image.tag", "{tag}"), run());
    deliver(tagged("two").update("image.tag", "{tag}"), run());
    deliver(tagged("two").update("sidecar.tag", "{tag}"), run());
    deliver(tagged("two").update("b.yaml", "image.tag", "x"), run());

    List<String> branches =
        world.proposals.stream().map(GitOpsRepository.Proposal::headBranch).toList();
    assertThat(branches.get(0)).startsWith("slipway/shop-").isEqualTo(branches.get(1));
    assertThat(branches.stream().distinct()).hasSize(3);
  }

  @Test
  void aDryRunSaysWhichRightIsMissing() {
    world.file(FILE, "image:\n  tag: old\n");
    world.obstacles = List.of(new Problem("The token may only read", "why", "fix"));
    SampleInputs inputs = tagged("sha-{sha:7}").update("image.tag", "{tag}");

    assertThatThrownBy(() -> deliver(inputs, run())).hasMessageContaining("may only read");
    assertThat(world.events).isEmpty();

    deliver(inputs.dryRun(), run());

    assertThat(world.events)
        .containsExactly("planned", "warning The token may only read: why", "finished");
  }

  @Test
  void deliversSeveralImagesInOneCommit() {
    world.file(FILE, "core: {tag: old, digest: old}\nbatch: {tag: old}\nhost: old\n");
    SampleInputs inputs =
        SampleInputs.ofComponents()
            .component("core", "acme/core", "{component}-{sha:8}")
            .component("batch", "acme/batch", "{component}-{sha:8}")
            .update("core.tag", "{core.tag}")
            .update("core.digest", "{core.digest}")
            .update("batch.tag", "{batch.tag}")
            .update("host", "{registry}")
            .byCommit();

    Report report = deliver(inputs, run());

    assertThat(world.events)
        .containsExactly(
            "planned",
            "pushing",
            "push core-a1b2c3d0",
            "pushed",
            "pushing",
            "push batch-a1b2c3d0",
            "pushed",
            "commit core: {tag: core-a1b2c3d0, digest: %s}\nbatch: {tag: batch-a1b2c3d0}\nhost: registry.example"
                .formatted(World.DIGEST.value()),
            "rolled out",
            "finished");
    assertThat(world.messages.getFirst())
        .startsWith("Deploy core, batch a1b2c3d\n")
        .contains("Image-Digest: core " + World.DIGEST, "Image-Digest: batch " + World.DIGEST);
    assertThat(report.plan().images())
        .extracting(PlannedImage::digest)
        .doesNotContain(Optional.empty());
  }

  @Test
  void twoComponentsMayNotBeTheSameImage() {
    SampleInputs inputs =
        SampleInputs.ofComponents()
            .component("core", "acme/app", "{sha:8}")
            .component("batch", "acme/app", "{sha:8}");

    assertThatThrownBy(() -> deliver(inputs, run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining(
            "core and batch have the same image registry.example/acme/app:a1b2c3d0");
    assertThat(world.events).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "image: {tag: old, digest: 'sha256:0123'}; image.tag; image.digest",
        "images: [{name: app, newTag: old, digest: sha256:0123}]; images[name=app].newTag; images[name=app].digest",
        "imageTag: old|imageDigest: sha256:0123; imageTag; imageDigest",
        "a: b|---|image: {tag: old, digest: 'sha256:0123'}; [document=1].image.tag; [document=1].image.digest"
      })
  void aTagIsNotMovedBesideAnOldDigest(String text, String key, String digest) {
    world.file(FILE, text.replace("|", "\n") + "\n");

    assertThatThrownBy(() -> deliver(tagged("new").update(key, "{tag}"), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("`%s` in `%s` would still name the old image", digest, FILE);
    assertThat(world.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image: {tag: old, digest: ''}",
        "image: {tag: old, digest: }",
        "image: {tag: new, digest: 'sha256:0123'}",
        "image: {tag: old}",
        "image: {tag: old, digest: {sha256: x}}"
      })
  void aTagIsMovedWhereNoDigestDecides(String text) {
    world.file(FILE, text + "\n");

    deliver(tagged("new").update("image.tag", "{tag}"), run());

    assertThat(world.events).contains("finished");
  }

  @Test
  void tagAndDigestAreMovedTogether() {
    world.file(FILE, "image: {tag: old, digest: 'sha256:0123'}\n");

    deliver(tagged("new").update("image.tag", "{tag}").update("image.digest", "{digest}"), run());

    assertThat(world.proposals.getFirst().changes().getFirst().after().text())
        .contains("image: {tag: new, digest: '%s'}\n".formatted(World.DIGEST));
  }

  @Test
  void componentsMayShareARepositoryUnderDifferentTags() {
    SampleInputs inputs =
        SampleInputs.ofComponents()
            .component("core", "acme/app", "{component}-latest")
            .component("batch", "acme/app", "{component}-latest");

    deliver(inputs, run());

    assertThat(world.events).contains("push core-latest", "push batch-latest");
  }

  @Test
  void theSameTagTwiceIsOneTag() {
    SampleInputs twice = tagged("{branch}", "feature-x", "latest");

    deliver(twice, run());

    assertThat(world.events).contains("push feature-x latest");
  }

  @Test
  void leavesANewerDeliveryAloneAndPushesNothing() {
    world.file(FILE, "tag: newest\n");
    world.delivered(FILE, NEWER, target());
    world.newer = true;

    Report report = deliver(tagged("new").update("tag", "{tag}"), run());

    assertThat(world.events).containsExactly("planned", "rolled out", "finished");
    assertThat(report.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(report.changed()).isFalse();
  }

  @Test
  void isRedInsteadWhereThatIsAsked() {
    world.file(FILE, "tag: newest\n");
    world.delivered(FILE, NEWER, target());
    world.newer = true;

    assertThatThrownBy(
            () -> deliver(tagged("new").update("tag", "{tag}").failWhenSuperseded(), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("A newer delivery is in acme/gitops");
    assertThat(world.events).isEmpty();
  }

  @Test
  void deliversOverAnOlderDeliveryAndOverOneOfOtherValues() {
    world.file(FILE, "tag: old\n");
    world.delivered(FILE, NEWER, "another");
    world.newer = true;
    assertThat(deliver(tagged("one").update("tag", "{tag}"), run()).outcome())
        .isEqualTo(Outcome.PENDING);

    world.delivered(FILE, NEWER, target());
    world.newer = false;
    assertThat(deliver(tagged("two").update("tag", "{tag}"), run()).outcome())
        .isEqualTo(Outcome.PENDING);
  }

  @Test
  void noticesANewerDeliveryThatComesDuringTheRace() {
    world.file(FILE, "tag: old\n");
    world.newer = true;
    world.racesToLose = 1;
    world.duringRace =
        () -> {
          world.file(FILE, "tag: newest\n");
          world.delivered(FILE, NEWER, target());
        };

    Report report = deliver(tagged("new").update("tag", "{tag}").byCommit(), run());

    assertThat(report.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(world.events).containsOnlyOnce("commit tag: new");
  }

  @Test
  void waitsForTheMergeAndRemovesTheBranch() {
    world.file(FILE, "tag: old\n");
    world.awaited.add(new Awaited.Merged(HEAD));

    Report report = deliver(tagged("new").update("tag", "{tag}").waitingForTheMerge(), run());

    assertThat(world.events)
        .endsWith("propose", "arm", "rolled out", "wait", "remove branch", "settled", "finished");
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void makesTheProposalAnewWhenTheBaseBranchOutranIt() {
    world.file(FILE, "tag: old\n");
    world.awaited.add(new Awaited.Outdated());
    world.awaited.add(new Awaited.Merged(HEAD));

    Report report = deliver(tagged("new").update("tag", "{tag}").waitingForTheMerge(), run());

    assertThat(world.proposals).hasSize(2);
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void endsTheWaitWhenANewerDeliveryTookThePullRequestOver() {
    world.file(FILE, "tag: old\n");
    world.awaited.add(
        new Awaited.Overtaken(new Provenance(RepositoryName.parse("acme/shop"), NEWER, target())));

    Report report = deliver(tagged("new").update("tag", "{tag}").waitingForTheMerge(), run());

    assertThat(report.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(report.changed()).isTrue();
  }

  @Test
  void keepsUpWithTheBaseBranchOnlySoOften() {
    world.file(FILE, "tag: old\n");
    world.merge = new Merge.Outdated("it is behind");

    Report report = deliver(tagged("new").update("tag", "{tag}"), run());

    assertThat(world.proposals).hasSize(5);
    assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
  }

  @Test
  void whatAccompaniesThePullRequestIsNoReasonToFail() {
    world.file(FILE, "tag: old\n");
    world.companionProblems = List.of(new Problem("no labels", "why", "fix"));

    Report report = deliver(tagged("new").update("tag", "{tag}"), run());

    assertThat(world.events).contains("warning no labels: why");
    assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
  }

  @Test
  void waitsUntilTheCommitIsLive() {
    world.file(FILE, "tag: old\n");
    world.live = new LiveCheck.Result.Live(List.of());

    Report report =
        deliver(tagged("new").update("tag", "{tag}").byCommit().withArgoCd("shop"), run());

    assertThat(world.events).endsWith("rolled out", "live check", "live", "finished");
    assertThat(world.expectation.orElseThrow().delivered().host()).isEqualTo("github.com");
    assertThat(world.expectation.orElseThrow().images())
        .extracting(Object::toString)
        .containsExactly("registry.example/acme/shop:new");
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void isSupersededWhenOtherValuesRunInTheEnd() {
    world.file(FILE, "tag: old\n");
    world.live = new LiveCheck.Result.Superseded(ApplicationName.parse("shop"), NEWER);

    Report report =
        deliver(tagged("new").update("tag", "{tag}").byCommit().withArgoCd("shop"), run());

    assertThat(report.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(report.changed()).isTrue();
  }

  /// What the trailers of a delivery to the values of these tests say.
  private static String target() {
    return DeliveryText.provenance(
            run(), tagged("any").update("tag", "{tag}").build().gitOps().orElseThrow())
        .target();
  }

  private Report deliver(SampleInputs inputs, RunContext run) {
    return delivery.run(inputs.build(), run);
  }

  private static RunContext run() {
    return run("push", false);
  }

  private static RunContext foreignRun() {
    return run("pull_request", true);
  }

  private static RunContext run(String event, boolean foreign) {
    return new RunContext(
        RepositoryName.parse("acme/shop"),
        HEAD,
        "feature/x",
        Optional.empty(),
        event,
        foreign,
        "octocat",
        "17",
        "4",
        URI.create("https://api.github.com"),
        URI.create("https://github.com/acme/shop/actions/runs/17"));
  }
}
