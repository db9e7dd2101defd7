package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.slipway.delivery.GitOpsDelivery;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.template.Template;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// Tests what is to change in the GitOps repository, and with whose token.
class GitOpsInputsTest extends GivenInputs {
  @Test
  void readsAGitOpsChange() throws IOException {
    Files.writeString(workspace.resolve("secrets.yaml"), "kind: ExternalSecret\n");
    gitOps()
        .with(
            Input.GITOPS_UPDATE,
            """
            apps/shop/values.yaml:
              backstage.image.tag: "{tag}"
              backstage.image.repository: {repository}
            apps/shop/kustomization.yaml:
              images[name=shop].newTag: "1.10"
            """)
        .with(Input.GITOPS_BOOTSTRAP, "apps/shop/secrets.yaml: ./secrets.yaml")
        .with(Input.GITOPS_BRANCH, "main")
        .with(Input.AUTO_MERGE, "rebase")
        .with(Input.PULL_REQUEST_TITLE, "Deploy {image}")
        .with(Input.REGISTRY, "localhost:5000")
        .with(Input.REPOSITORY, "shop");

    Inputs.GitOps gitOps = read().gitOps().orElseThrow();

    assertThat(gitOps.repository()).isEqualTo(RepositoryName.parse("acme/gitops"));
    assertThat(gitOps.branch()).contains("main");
    assertThat(gitOps.updates())
        .containsExactly(
            update("apps/shop/values.yaml", "backstage.image.tag", "{tag}"),
            update("apps/shop/values.yaml", "backstage.image.repository", "{repository}"),
            update("apps/shop/kustomization.yaml", "images[name=shop].newTag", "1.10"));
    assertThat(gitOps.bootstrap())
        .containsExactly(entry("apps/shop/secrets.yaml", FileContent.of("kind: ExternalSecret\n")));
    assertThat(gitOps.message().autoMerge()).contains(MergeMethod.REBASE);
    assertThat(gitOps.message().title()).contains(Template.parse("Deploy {image}"));
  }

  @Test
  void readsThatTheChangeIsACommitOnTheBaseBranch() {
    gitOps().with(Input.GITOPS_DELIVERY, "commit").with(Input.AUTO_MERGE, "squash");

    assertThat(read().gitOps().orElseThrow().delivery()).isEqualTo(GitOpsDelivery.COMMIT);
    assertThat(warnings.what()).isEmpty();
  }

  @Test
  void warnsOfPullRequestInputsThatACommitIgnores() {
    gitOps()
        .with(Input.GITOPS_DELIVERY, "commit")
        .with(Input.AUTO_MERGE, "off")
        .with(Input.PULL_REQUEST_TITLE, "Deploy");

    read();

    assertThat(warnings.what())
        .containsExactly(
            "The input `auto-merge` has no effect", "The input `pull-request-title` has no effect");
  }

  @Test
  void autoMergeCanBeOff() {
    gitOps().with(Input.AUTO_MERGE, "off");

    assertThat(read().gitOps().orElseThrow().message().autoMerge()).isEmpty();
  }

  @Test
  void autoMergeIsSquashByDefault() {
    gitOps();

    assertThat(read().gitOps().orElseThrow().message().autoMerge()).contains(MergeMethod.SQUASH);
  }

  @Test
  void theGitHubTokenGoesToNoOtherHost() {
    gitOps()
        .with(Input.GITHUB_TOKEN, "ghs_token")
        .with(Input.GITOPS_TOKEN, "")
        .with(Input.GITOPS_API_URL, "https://github.example.com/api/v3/");

    assertThat(onlyProblem().what()).isEqualTo("The input `gitops-token` is missing");
    assertThat(onlyProblem().why()).contains("another host");
  }

  @Test
  void theGitHubTokenServesTheGitOpsRepositoryAtHome() {
    gitOps().with(Input.GITHUB_TOKEN, "ghs_token").with(Input.GITOPS_TOKEN, "");

    assertThat(read().access().gitOpsToken().orElseThrow().reveal()).isEqualTo("ghs_token");
  }
}
