package dev.slipway.ecs;

import static dev.slipway.ecs.Deployments.arn;
import static dev.slipway.ecs.Deployments.runs;
import static dev.slipway.sandbox.EcsSteps.broken;
import static dev.slipway.sandbox.EcsSteps.complete;
import static dev.slipway.sandbox.EcsSteps.nothing;
import static dev.slipway.sandbox.EcsSteps.progress;
import static dev.slipway.sandbox.EcsSteps.recorded;
import static dev.slipway.sandbox.EcsSteps.rollBack;
import static dev.slipway.sandbox.EcsSteps.throttled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.EcsCluster.Goal;
import dev.slipway.delivery.EcsCluster.Service;
import dev.slipway.delivery.Rollout;
import dev.slipway.problem.Problem;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Rollbacks against a scripted ECS: each ends as it really ended.
class RollbacksTest {
  @AutoClose private final Deployments aws = Deployments.recorded();

  @Test
  void movesTheServiceBackAndWaits() {
    String one = aws.ran("1");
    String two = aws.ran("2");
    aws.ecs().then(progress(1, 0), complete());

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(one, two, true));
    assertThat(aws.ecs().registered()).isEmpty();
    assertThat(aws.ecs().updates())
        .singleElement()
        .satisfies(update -> assertThat(update.path("taskDefinition").asText()).isEqualTo(one));
    assertThat(aws.log)
        .contains("The ECS service voj-backend-api moves to voj-api:2; before, it ran voj-api:3");
  }

  @Test
  void goesFurtherBackEachTime() {
    String one = aws.ran("1");
    String two = aws.ran("2");
    String three = aws.ran("3");
    aws.ecs().then(complete());
    Rollout first = aws.rollBack();
    aws.ecs().then(complete());

    Rollout second = aws.rollBack();

    assertThat(first).isEqualTo(runs(two, three, true));
    assertThat(second).isEqualTo(runs(one, two, true));
  }

  @Test
  void registersAnewWhatWasDeregisteredAndKnowsItLater() {
    String zero = aws.ran("0");
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().mark(one, "INACTIVE");
    aws.ecs().then(complete());
    aws.rollBack();
    aws.ecs().then(complete());

    Rollout second = aws.rollBack();

    assertThat(aws.ecs().registered()).hasSize(1);
    assertThat(aws.registered().path("containerDefinitions").path(0).path("image").asText())
        .isEqualTo("voj-api:1");
    assertThat(second).isEqualTo(runs(zero, arn(5), true));
  }

  @Test
  void isRedWhenTheEarlierVersionDoesNotComeUpEither() {
    aws.ran("1");
    aws.ran("2");
    aws.ecs().then(progress(0, 2), rollBack("CannotPullContainerError"));

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.what()).isEqualTo("ECS rolled the service voj-backend-api back");
    assertThat(problem.why()).contains("CannotPullContainerError", "voj-api:3");
  }

  @Test
  void waitsForAnEarlierRollbackAndWritesNothing() {
    aws.ran("1");
    String two = aws.ran("2");
    String three = aws.ran("3");
    aws.ecs().begins(two);
    aws.ecs().then(nothing(), nothing(), progress(1, 0), complete()).now();

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(two, three, false));
    assertThat(aws.ecs().updates()).isEmpty();
  }

  @Test
  void writesNothingWhereTheGoalRuns() {
    aws.ran("1");
    String two = aws.ran("2");

    Rollout rollout = aws.move(aws.lookBack(new Goal.Definition(two)));

    assertThat(rollout).isEqualTo(runs(two, two, false));
    assertThat(aws.ecs().updates()).isEmpty();
  }

  @Test
  void leavesTheServiceAloneThatSomebodyMovedMeanwhile() {
    aws.ran("1");
    aws.ran("2");
    Service planned = aws.lookBack();
    aws.ran("3");

    Problem problem = aws.problem(planned);

    assertThat(problem.what())
        .isEqualTo("The ECS service voj-backend-api was moved by somebody else meanwhile");
    assertThat(problem.why()).contains("voj-api:3", "voj-api:4");
    assertThat(aws.ecs().updates()).isEmpty();
  }

  @Test
  void leavesTheServiceAloneThatWasThereAndWasMovedMeanwhile() {
    aws.ran("1");
    String two = aws.ran("2");
    Service planned = aws.lookBack(new Goal.Definition(two));
    aws.ran("3");

    Problem problem = aws.problem(planned);

    assertThat(problem.why()).contains("voj-api:4");
    assertThat(aws.ecs().updates()).isEmpty();
    assertThat(aws.ecs().registered()).isEmpty();
  }

  @Test
  void movesABlueGreenServiceBackByItsOwnStages() {
    aws.strategy("BLUE_GREEN");
    String one = aws.ran("1");
    String two = aws.ran("2");
    aws.ecs().then(recorded("IN_PROGRESS", "{\"lifecycleStage\": \"BAKE_TIME\"}"), complete());

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(one, two, true));
    assertThat(aws.ecs().stopped()).isEmpty();
  }

  @Test
  void asksAgainWhileAwsIsOutOfOrder() {
    String one = aws.ran("1");
    String two = aws.ran("2");
    aws.ecs().then(throttled(), broken(), complete());

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(one, two, true));
  }
}
