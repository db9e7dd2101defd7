package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The story of a run that opens a pull request.
class DeliveryTest extends DeliveryStory {
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
    assertThat(world.gitOps.proposals.getFirst().changes())
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
    world.images.digestBeforePush = Optional.empty();

    deliver(tagged("sha-{sha:7}").update("image.digest", "{digest}"), run());

    assertThat(world.gitOps.proposals.getFirst().changes().getFirst().after().text())
        .contains("image:\n  digest: %s\n".formatted(World.DIGEST));
    assertThat(world.gitOps.proposals.getFirst().commitMessage())
        .contains("Image-Digest: " + World.DIGEST)
        .contains("Slipway-Source: acme/shop@" + HEAD);
  }

  @Test
  void thePlanSaysThatARepositoryWillBeCreated() {
    world.images.readiness = ImageRegistry.Readiness.TO_BE_CREATED;

    Report report = deliver(tagged("sha-{sha:7}").dryRun(), run());

    assertThat(report.plan().images())
        .singleElement()
        .satisfies(image -> assertThat(image.push().orElseThrow().createsRepository()).isTrue());
  }

  @Test
  void proposesNothingWhenTheBaseSaysItAlready() {
    world.file(FILE, "image:\n  tag: sha-a1b2c3d\n");
    world.images.pushChanges = false;

    Report report = deliver(tagged("sha-{sha:7}").update("image.tag", "{tag}"), run());

    assertThat(world.gitOps.proposals).isEmpty();
    assertThat(report.rollouts()).singleElement().isInstanceOf(Rollout.AlreadyUpToDate.class);
    assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(report.changed()).isFalse();
  }

  @Test
  void anOpenPullRequestThatSaysItAlreadyChangesNothing() {
    world.file(FILE, "image:\n  tag: old\n");
    world.images.pushChanges = false;
    world.gitOps.operation = Operation.NONE;
    world.gitOps.merge = new Merge.Enabled(MergeMethod.SQUASH, false);

    Report report = deliver(tagged("sha-{sha:7}").update("image.tag", "{tag}"), run());

    assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(report.changed()).isFalse();
  }

  @Test
  void aPullRequestMergedAtOnceIsADeployment() {
    world.file(FILE, "image:\n  tag: old\n");
    world.gitOps.merge = new Merge.Merged(HEAD);

    Report report = deliver(tagged("sha-{sha:7}").update("image.tag", "{tag}"), run());

    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void editsTheFileAsItIsAfterThePush() {
    world.file(FILE, "image:\n  tag: old\n");
    world.images.duringPush = () -> world.file(FILE, "image:\n  tag: old\nreplicas: 3\n");

    deliver(tagged("sha-{sha:7}").update("image.tag", "{tag}"), run());

    assertThat(world.gitOps.proposals.getFirst().changes().getFirst().after().text())
        .contains("image:\n  tag: sha-a1b2c3d\nreplicas: 3\n");
  }

  @Test
  void reportsAllProblemsTogetherBeforeAnythingIsDone() {
    world.noTags();
    world.images.archiveProblem = Optional.of(new Problem("no archive", "why", "fix"));

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

    assertThat(world.gitOps.proposals.getFirst().changes())
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
        world.gitOps.proposals.stream().map(GitOpsRepository.Proposal::headBranch).toList();
    assertThat(branches.get(0)).startsWith("slipway/shop-").isEqualTo(branches.get(1));
    assertThat(branches.stream().distinct()).hasSize(3);
  }

  @Test
  void aDryRunSaysWhichRightIsMissing() {
    world.file(FILE, "image:\n  tag: old\n");
    world.gitOps.obstacles = List.of(new Problem("The token may only read", "why", "fix"));
    SampleInputs inputs = tagged("sha-{sha:7}").update("image.tag", "{tag}");

    assertThatThrownBy(() -> deliver(inputs, run())).hasMessageContaining("may only read");
    assertThat(world.events).isEmpty();

    deliver(inputs.dryRun(), run());

    assertThat(world.events)
        .containsExactly("planned", "warning The token may only read: why", "finished");
  }
}
