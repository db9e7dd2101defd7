package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.delivery.Releases.Claim;
import dev.slipway.problem.ActionException;
import dev.slipway.version.Bump;
import dev.slipway.version.Commit;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// In which order a release is decided, claimed, pushed and published.
class ReleaseStoryTest {
  private static final CommitSha HEAD = new CommitSha("a1b2c3d" + "0".repeat(33));
  private static final CommitSha OTHER = new CommitSha("b".repeat(40));

  private final World world = new World(HEAD);
  private final Delivery delivery =
      new Delivery(
          new Planner(world.home, world.images, world.images, world.targets),
          world.images,
          world.targets,
          world.progress);

  @Test
  void claimsTheTagBeforeItPushesAndPublishesBeforeItDeploys() {
    world.commits = List.of(new Commit(HEAD, "feat: a page"));
    world.file(SampleInputs.FILE, "tag: 1.2.3\n");

    Report report = delivery.run(inputs(true).update("tag", "{tag-name}").build(), run("push"));

    assertThat(world.events)
        .containsExactly(
            "decided a1b2c3d asks for a minor bump after v1.2.3: its type is feat",
            "claim v1.3.0",
            "tagged v1.3.0",
            "planned",
            "pushing",
            "push v1.3.0 latest",
            "pushed",
            "publish Release v1.3.0",
            "published",
            "propose",
            "arm",
            "rolled out",
            "finished");
    assertThat(world.publications.getFirst().notes().images())
        .containsExactly("registry.example/acme/shop:v1.3.0@" + World.DIGEST);
    assertThat(report.changed()).isTrue();
  }

  @Test
  void publishesNoPageForATag() {
    world.commits = List.of(new Commit(HEAD, "feat: a page"));

    delivery.run(inputs(false).build(), run("push"));

    assertThat(world.events).contains("claim v1.3.0").doesNotContain("published");
  }

  @Test
  void decidesAgainAfterALostRace() {
    world.commits = List.of(new Commit(HEAD, "fix: it"));
    world.claims.add(new Claim.LostTo(OTHER));

    delivery.run(inputs(true).build(), run("push"));

    assertThat(world.events)
        .filteredOn(event -> event.startsWith("claim") || event.startsWith("push "))
        .containsExactly("claim v1.2.4", "claim v1.2.5", "push v1.2.5 latest");
  }

  @Test
  void givesUpAfterFiveLostRaces() {
    world.commits = List.of(new Commit(HEAD, "fix: it"));
    for (int i = 0; i < 6; i++) {
      world.claims.add(new Claim.LostTo(OTHER));
    }

    assertThatThrownBy(() -> delivery.run(inputs(true).build(), run("push")))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("No version stayed free");
    assertThat(world.events).filteredOn(event -> event.startsWith("claim")).hasSize(5);
    assertThat(world.events).noneMatch(event -> event.startsWith("push"));
  }

  @Test
  void aDryRunClaimsNothing() {
    world.commits = List.of(new Commit(HEAD, "fix: it"));

    Report report = delivery.run(inputs(true).dryRun().build(), run("pull_request"));

    assertThat(world.events).noneMatch(event -> event.startsWith("claim"));
    assertThat(report.plan().release()).isPresent();
  }

  @Test
  void eventsOfUnmergedCommitsReleaseNothing() {
    for (String event :
        List.of("pull_request", "pull_request_target", "merge_group", "workflow_run")) {
      assertThatThrownBy(() -> delivery.run(inputs(true).build(), run(event)))
          .isInstanceOf(ActionException.class)
          .hasMessageContaining("A release is not made on the event " + event);
    }
    assertThat(world.events).isEmpty();
  }

  @Test
  void latestMovesFreelyBesideATagOfTheCommit() {
    delivery.run(SampleInputs.tagged("sha-{sha:7}", "latest").build(), run("push"));

    assertThat(world.events).contains("push sha-a1b2c3d latest");
  }

  @Test
  void movingTagsSkipACommitThatIsNoRelease() {
    Report report =
        delivery.run(
            SampleInputs.tagged("{version}", "latest", "{major}", "{major}.{minor}", "{branch}")
                .build(),
            run("push"));

    assertThat(world.events).contains("push 1.2.3-a1b2c3d main");
    assertThat(report.plan().skippedTags())
        .hasSize(3)
        .allSatisfy(tag -> assertThat(tag.why()).isEqualTo("1.2.3-a1b2c3d is no release"));
  }

  private static SampleInputs inputs(boolean page) {
    return SampleInputs.tagged("{tag-name}", "latest")
        .releasing(
            new Releasing(page, Bump.PATCH, Optional.empty(), Optional.empty(), OnSuperseded.SKIP));
  }

  private static RunContext run(String event) {
    return new RunContext(
        RepositoryName.parse("acme/shop"),
        HEAD,
        "main",
        Optional.empty(),
        event,
        false,
        "octocat",
        "1",
        "1",
        URI.create("https://api.github.com"),
        URI.create("https://github.com/acme/shop/actions/runs/1"));
  }
}
