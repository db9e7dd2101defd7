package dev.slipway.ecs;

import static dev.slipway.ecs.Deployments.runs;
import static dev.slipway.sandbox.EcsSteps.nothing;
import static dev.slipway.sandbox.EcsSteps.progress;
import static dev.slipway.sandbox.EcsSteps.recorded;
import static dev.slipway.sandbox.EcsSteps.rolledBack;
import static dev.slipway.sandbox.EcsSteps.rollingBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.EcsCluster.Service;
import dev.slipway.delivery.Rollout;
import dev.slipway.problem.Problem;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Rollbacks that find one of ECS's own under way or done: it is joined, and nothing is written.
class JoinedRollbacksTest {
  @AutoClose private final Deployments aws = Deployments.recorded();

  @Test
  void joinsTheRollbackThatEcsIsAtAndWritesNothing() {
    aws.ran("1");
    String two = aws.ran("2");
    String three = aws.begun("3");
    aws.ecs().at(rollingBack());
    aws.ecs().then(nothing(), nothing(), rolledBack()).now();

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(two, three, false));
    assertThat(aws.ecs().updates()).isEmpty();
    assertThat(aws.ecs().stopped()).isEmpty();
  }

  @Test
  void joinsTheRollbackThatHasOnlyBeenAskedFor() {
    aws.ran("1");
    String two = aws.ran("2");
    String three = aws.begun("3");
    aws.ecs().at(recorded("ROLLBACK_REQUESTED", "{}"));
    aws.ecs().then(nothing(), nothing(), nothing(), rollingBack(), rolledBack()).now();

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(two, three, false));
    assertThat(aws.ecs().stopped()).isEmpty();
  }

  @Test
  void doesNotTakeTheEndOfADeploymentForItsSuccess() {
    aws.ran("1");
    aws.ecs().then(progress(1, 0), recorded("ROLLBACK_REQUESTED", "{}"));
    Problem first = aws.problem();
    aws.ecs().then(nothing(), nothing(), rollingBack(), rolledBack()).now();

    Problem second = aws.problem();

    assertThat(first.what()).isEqualTo("ECS rolled the service voj-backend-api back");
    assertThat(second.what()).isEqualTo(first.what());
  }

  @Test
  void writesNothingWhereTheBreakerHasReturned() {
    aws.ran("1");
    String two = aws.ran("2");
    aws.begun("3");
    aws.ecs().at(rolledBack());

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(two, two, false));
    assertThat(aws.ecs().updates()).isEmpty();
  }

  @Test
  void doesNotMindThatEcsReturnedMeanwhile() {
    aws.ran("1");
    String two = aws.ran("2");
    aws.begun("3");
    Service planned = aws.lookBack();
    aws.ecs().at(rolledBack());

    Rollout rollout = aws.move(planned);

    assertThat(rollout).isEqualTo(runs(two, two, false));
    assertThat(aws.ecs().stopped()).isEmpty();
  }
}
