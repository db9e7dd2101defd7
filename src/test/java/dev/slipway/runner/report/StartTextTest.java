package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runner.RecordedWarnings;
import dev.slipway.runner.Variables;
import dev.slipway.runner.input.Input;
import dev.slipway.runner.input.InputReader;
import dev.slipway.runner.input.RunContextReader;
import org.junit.jupiter.api.Test;

/// Tests the first line of the log.
class StartTextTest {
  private final Variables environment = Variables.ofRun();

  @Test
  void saysThatOnlyTheTagIsWanted() {
    assertThat(text()).isEqualTo("Commit 1111111 of acme/shop: work out the tag.");
  }

  @Test
  void namesEveryStageInItsOrder() {
    environment
        .with(Input.IMAGE, "docker-daemon:shop:1")
        .with(Input.REGISTRY, "registry.example.com")
        .with(Input.REPOSITORY, "shop")
        .with(Input.RELEASE, "tag")
        .with(Input.GITHUB_TOKEN, "ghs_0123456789")
        .with(Input.GITOPS_REPOSITORY, "acme/gitops")
        .with(Input.GITOPS_UPDATE, "{values.yaml: {tag: '{tag}'}}")
        .with(Input.ECS_CLUSTER, "main")
        .with(Input.ECS_SERVICE, "shop")
        .with(Input.SSM_TARGETS, "tag:Name=one")
        .with(Input.SSM_SCRIPT, "true")
        .with(Input.AWS_REGION, "eu-central-1")
        .with("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .with("AWS_SECRET_ACCESS_KEY", "secret-key");

    assertThat(text())
        .isEqualTo(
            "Commit 1111111 of acme/shop: push the image, release it, change acme/gitops,"
                + " move the ECS service shop, run the script on tag:Name=one.");
  }

  @Test
  void saysThatNothingIsWritten() {
    environment.with(Input.DRY_RUN, "true");

    assertThat(text()).startsWith("Dry run, commit 1111111 of ");
  }

  @Test
  void saysWhereARollbackLeads() {
    environment.with(Input.OPERATION, "rollback");

    assertThat(text())
        .isEqualTo("Rollback of acme/shop to the previous good delivery: work out the tag.");
  }

  private String text() {
    return StartText.of(
        new InputReader(environment, new RecordedWarnings()).read(),
        new RunContextReader(environment).read());
  }
}
