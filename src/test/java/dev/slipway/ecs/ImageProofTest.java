package dev.slipway.ecs;

import static dev.slipway.sandbox.EcsSteps.complete;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.EcsCluster.Content;
import dev.slipway.delivery.Rollout;
import dev.slipway.image.Digest;
import dev.slipway.problem.Problem;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Whether the running tasks are those of the image that was pushed.
class ImageProofTest {
  private static final Digest INDEX = digest('a');
  private static final Digest PLATFORM = digest('b');
  private static final Digest FOREIGN = digest('c');

  @AutoClose private final Deployments aws = new Deployments();

  @Test
  void isProvenByTheDigestOfTheIndex() {
    assertThat(logOf(INDEX, pushed())).contains("2 tasks looked at run " + INDEX.value());
  }

  @Test
  void isProvenByTheDigestOfOneOfItsPlatforms() {
    assertThat(logOf(PLATFORM, pushed())).contains("2 tasks looked at run " + PLATFORM.value());
  }

  @Test
  void isRedWhenTheTasksRunSomethingElse() {
    aws.ecs().resolvesTo(FOREIGN.value());
    aws.content = pushed();
    aws.ecs().then(complete());

    Problem problem = aws.problem();

    assertThat(problem.what())
        .isEqualTo(
            "The ECS service voj-backend-api runs another image than the one that was delivered");
    assertThat(problem.why()).contains("api runs " + FOREIGN.value(), INDEX.value());
    assertThat(problem.fix()).contains("immutable");
  }

  @Test
  void saysWhatWasComparedWhereThePlatformsOfTheImageAreNotKnown() {
    Content named = new Content(false, Optional.of(INDEX), Optional.empty());

    assertThat(logOf(PLATFORM, named))
        .contains("was not compared", PLATFORM.value(), INDEX.value(), "may be a platform");
  }

  @Test
  void isGreenWhereTheTasksMayNotBeListed() {
    aws.ecs().refuse("ListTasks", "AccessDeniedException", "no");

    assertThat(logOf(INDEX, pushed())).contains("AccessDeniedException", "ecs:ListTasks");
  }

  @Test
  void isGreenWhereEcsDoesNotSayWhatItsTasksRun() {
    aws.content = pushed();
    aws.ecs().then(complete());

    aws.deploy();

    assertThat(aws.log.getLast()).contains("ECS does not say which digest");
  }

  @Test
  void replacesTasksThatRunWhatTheTagNamedBefore() {
    aws.ecs().resolvesTo(FOREIGN.value());
    aws.ecs().then(complete());
    aws.deploy();
    aws.ecs().resolvesTo(INDEX.value());
    aws.content = pushed();
    aws.ecs().then(complete());

    Rollout second = aws.deploy();

    assertThat(second.changed()).isTrue();
    assertThat(aws.ecs().updates().getLast().path("forceNewDeployment").asBoolean()).isTrue();
  }

  private String logOf(Digest running, Content content) {
    aws.ecs().resolvesTo(running.value());
    aws.content = content;
    aws.ecs().then(complete());
    aws.deploy();
    return aws.log.getLast();
  }

  private static Content pushed() {
    return new Content(false, Optional.of(INDEX), Optional.of(Set.of(INDEX, PLATFORM)));
  }

  private static Digest digest(char digit) {
    return new Digest("sha256:" + String.valueOf(digit).repeat(64));
  }
}
