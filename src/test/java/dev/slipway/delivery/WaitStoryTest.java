package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.GitOpsRepository.Awaited;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Waits for the merge and for what runs.
class WaitStoryTest extends DeliveryStory {
  @Test
  void waitsForTheMergeAndRemovesTheBranch() {
    world.file(FILE, "tag: old\n");
    world.gitOps.awaited.add(new Awaited.Merged(HEAD));

    Report report = deliver(tagged("new").update("tag", "{tag}").waitingForTheMerge(), run());

    assertThat(world.events)
        .endsWith("propose", "arm", "rolled out", "wait", "remove branch", "settled", "finished");
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void makesTheProposalAnewWhenTheBaseBranchOutranIt() {
    world.file(FILE, "tag: old\n");
    world.gitOps.awaited.add(new Awaited.Outdated());
    world.gitOps.awaited.add(new Awaited.Merged(HEAD));

    Report report = deliver(tagged("new").update("tag", "{tag}").waitingForTheMerge(), run());

    assertThat(world.gitOps.proposals).hasSize(2);
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void endsTheWaitWhenANewerDeliveryTookThePullRequestOver() {
    world.file(FILE, "tag: old\n");
    world.gitOps.awaited.add(
        new Awaited.Overtaken(new Provenance(RepositoryName.parse("acme/shop"), NEWER, target())));

    Report report = deliver(tagged("new").update("tag", "{tag}").waitingForTheMerge(), run());

    assertThat(report.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(report.changed()).isTrue();
  }

  @Test
  void keepsUpWithTheBaseBranchOnlySoOften() {
    world.file(FILE, "tag: old\n");
    world.gitOps.merge = new Merge.Outdated("it is behind");

    Report report = deliver(tagged("new").update("tag", "{tag}"), run());

    assertThat(world.gitOps.proposals).hasSize(60);
    assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
  }

  @Test
  void whatAccompaniesThePullRequestIsNoReasonToFail() {
    world.file(FILE, "tag: old\n");
    world.gitOps.companionProblems = List.of(new Problem("no labels", "why", "fix"));

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
}
