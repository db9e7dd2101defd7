package dev.slipway.github;

import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Releases.Claim;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.Fault;
import dev.slipway.version.CommitSha;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Version tags, each made once, at exactly its commit.
class VersionTagsTest extends ApplicationStory {
  @Test
  void makesATagAtExactlyTheCommit() {
    assertThat(home.releases().claim("v1.2.4", first)).isEqualTo(new Claim.Made());

    assertThat(repository.tags()).containsExactly(Map.entry("v1.2.4", first.value()));
  }

  @Test
  void findsTheTagOfAnEarlierRun() {
    repository.tagAt("v1.2.4", first.value());

    assertThat(home.releases().claim("v1.2.4", first)).isEqualTo(new Claim.Present());
  }

  @Test
  void looksThroughAnAnnotatedTag() {
    repository.annotatedTag("v1.2.4");

    assertThat(home.releases().claim("v1.2.4", second)).isEqualTo(new Claim.Present());
    assertThat(home.releases().claim("v1.2.4", first)).isEqualTo(new Claim.LostTo(second));
  }

  @Test
  void losesToATagOnAnotherCommit() {
    repository.tagAt("shop/v1.2.4", first.value());

    assertThat(home.releases().claim("shop/v1.2.4", second)).isEqualTo(new Claim.LostTo(first));
    assertThat(repository.tags()).containsExactly(Map.entry("shop/v1.2.4", first.value()));
  }

  @Test
  void aTagWhoseAnswerWasLostIsNotMadeTwice() {
    gitHub.fault("POST /repos/acme/shop/git/refs", new Fault.AnswerLost());

    assertThat(home.releases().claim("v1.2.4", second)).isEqualTo(new Claim.Made());
    assertThat(gitHub.writes()).hasSize(1);
  }

  @Test
  void aTagIsTriedAgainWhenTheConnectionBreaks() {
    gitHub.fault("POST /repos/acme/shop/git/refs", new Fault.Broken());

    assertThat(home.releases().claim("v1.2.4", second)).isEqualTo(new Claim.Made());
    assertThat(repository.tags()).hasSize(1);
  }

  @Test
  void saysThatARuleForbidsTheTag() {
    repository
        .rules()
        .guard(
            "refs/tags/",
            "Repository rule violations found\n\nCannot create ref due to creations being restricted.");

    Problem problem = problemOf(() -> home.releases().claim("v1.2.4", second));

    assertThat(problem.what()).isEqualTo("A rule of acme/shop forbids the version tag");
    assertThat(problem.why()).contains("creations being restricted");
    assertThat(problem.fix()).contains("`github-token`", "bypass");
  }

  @Test
  void saysThatTheCommitIsUnknown() {
    Problem problem =
        problemOf(() -> home.releases().claim("v1.2.4", new CommitSha("e".repeat(40))));

    assertThat(problem.why()).contains("422", "Object does not exist");
  }

  @Test
  void saysWhichPermissionIsMissing() {
    Problem problem = problemOf(() -> with(Grant.READ).releases().claim("v1.2.4", second));

    assertThat(problem.what())
        .isEqualTo("GitHub refused to let us make a version tag in acme/shop");
    assertThat(problem.fix()).contains("`contents=write`", "permissions:");
  }

  @Test
  void saysThatWorkflowFilesNeedAnotherToken() {
    gitHub.fault(
        "POST /repos/acme/shop/git/refs",
        new Fault.Instead(
            403,
            Map.of(
                "X-Accepted-GitHub-Permissions", "contents=write; contents=write,workflows=write"),
            "{\"message\":\"Resource not accessible by integration\"}"));

    Problem problem = problemOf(() -> home.releases().claim("v1.2.4", second));

    assertThat(problem.fix())
        .contains("Grant `contents=write`", "workflows=write", "no `GITHUB_TOKEN` has it");
  }
}
