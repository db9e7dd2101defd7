package dev.slipway.ecs;

import static dev.slipway.ecs.Deployments.arn;
import static dev.slipway.sandbox.EcsSteps.broken;
import static dev.slipway.sandbox.EcsSteps.complete;
import static dev.slipway.sandbox.EcsSteps.cut;
import static dev.slipway.sandbox.EcsSteps.delete;
import static dev.slipway.sandbox.EcsSteps.fail;
import static dev.slipway.sandbox.EcsSteps.nothing;
import static dev.slipway.sandbox.EcsSteps.progress;
import static dev.slipway.sandbox.EcsSteps.replace;
import static dev.slipway.sandbox.EcsSteps.silent;
import static dev.slipway.sandbox.EcsSteps.stale;
import static dev.slipway.sandbox.EcsSteps.throttled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.EcsCluster.Next;
import dev.slipway.delivery.EcsCluster.Service;
import dev.slipway.delivery.Rollout;
import dev.slipway.delivery.Rollout.ServiceRuns;
import dev.slipway.delivery.Rollout.ServiceSuperseded;
import dev.slipway.problem.Problem;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Deployments against a scripted ECS: each ends as it really ended.
class AwsEcsClusterTest {
  @AutoClose private final Deployments aws = new Deployments();

  @Test
  void registersUpdatesAndWaitsForItsOwnDeployment() {
    aws.ecs().then(nothing(), progress(1, 0), complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout).isEqualTo(new ServiceRuns("voj-backend-api", arn(2), arn(1), true));
    assertThat(aws.registered().path("containerDefinitions").path(0).path("image").asText())
        .isEqualTo(Deployments.NEW);
    assertThat(aws.ecs().updates())
        .singleElement()
        .satisfies(update ->
            assertThat(update.fieldNames())
                .toIterable()
                .containsExactly("cluster", "service", "taskDefinition"));
    assertThat(aws.log)
        .containsExactly(
            "The ECS service voj-backend-api moves to voj-api:2; before, it ran voj-api:1",
            "ECS service voj-backend-api: 0 of 2 running, 2 pending",
            "ECS service voj-backend-api: 1 of 2 running, 1 pending",
            "ECS service voj-backend-api: (deployment ecs-svc/2) deployment completed.",
            "ECS service voj-backend-api: 2 of 2 running, 0 pending",
            "ECS service voj-backend-api: its tasks' image was not compared: the digest of the image is not known; `image-digest` names it");
  }

  @Test
  void asksForNoMoreThanItNeeds() {
    aws.ecs().then(complete());

    aws.deploy();

    assertThat(aws.cloud.calls())
        .containsExactly(
            "DescribeServices",
            "DescribeTaskDefinition",
            "DescribeTaskDefinition",
            "DescribeServices",
            "RegisterTaskDefinition",
            "UpdateService",
            "DescribeServices");
  }

  @Test
  void writesNothingTheSecondTime() {
    aws.ecs().then(complete());
    aws.deploy();
    aws.cloud.forgetCalls();

    Rollout second = aws.deploy();

    assertThat(second).isEqualTo(new ServiceRuns("voj-backend-api", arn(2), arn(2), false));
    assertThat(aws.cloud.calls())
        .containsExactly("DescribeServices", "DescribeTaskDefinition", "DescribeServices");
  }

  @Test
  void writesNothingTheSecondTimeFromAFileEither() {
    aws.definition(Deployments.FILE);
    aws.ecs().then(complete());
    aws.deploy();

    Service again = aws.look();

    assertThat(again.next()).isEqualTo(new Next.Same());
  }

  @Test
  void startsNewTasksWhereTheTagHasMovedUnderTheSameDefinition() {
    aws.ecs().then(complete());
    aws.deploy();
    aws.ecs().then(complete());

    Rollout rollout = aws.deployMoved();

    assertThat(rollout.changed()).isTrue();
    assertThat(aws.ecs().updates().getLast().path("forceNewDeployment").asBoolean()).isTrue();
    assertThat(aws.ecs().registered()).hasSize(1);
  }

  @Test
  void joinsItsOwnDeploymentThatAnEarlierRunBegan() {
    aws.ecs().then(progress(1, 0));
    aws.limit = Duration.ofSeconds(1);
    aws.problem();
    aws.limit = Duration.ofMinutes(15);
    aws.ecs().then(nothing(), nothing(), progress(1, 0), complete()).now();

    Rollout rollout = aws.deploy();

    assertThat(rollout).isEqualTo(new ServiceRuns("voj-backend-api", arn(2), arn(1), false));
    assertThat(aws.ecs().updates()).hasSize(1);
  }

  @Test
  void takesTheRevisionThatAFailedRunRegistered() {
    aws.ecs().then(replace(arn(1)));
    aws.problem();
    aws.ecs().then(complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout).isEqualTo(new ServiceRuns("voj-backend-api", arn(2), arn(1), true));
    assertThat(aws.ecs().registered()).hasSize(1);
  }

  @Test
  void isRedAtOnceWhenTheBreakerGivesUpAndSaysWhatTheTasksDiedOf() {
    aws.ecs().then(progress(0, 1), fail("Essential container in task exited"));

    Problem problem = aws.problem();

    assertThat(problem.what())
        .isEqualTo("The deployment of the ECS service voj-backend-api failed");
    assertThat(problem.why())
        .contains(
            "tasks failed to start",
            "1 x Essential container in task exited (api: exit code 1)",
            "deployment failed");
    assertThat(aws.ticker.elapsed()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void isRedWhenTheServiceIsStableOnTheOldVersionAgain() {
    aws.ecs().then(progress(0, 2), replace(arn(1)));

    Problem problem = aws.problem();

    assertThat(problem.what()).isEqualTo("ECS rolled the service voj-backend-api back");
    assertThat(problem.why()).contains("voj-api:1", "Essential container in task exited");
  }

  @Test
  void isNotFooledByALookAtTheTimeBeforeTheUpdate() {
    aws.ecs()
        .then(
            stale(arn(1)), stale(arn(1)), stale(arn(1)), progress(1, 0), stale(arn(1)), complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout.changed()).isTrue();
  }

  @Test
  void saysWhoTookTheService() {
    String other = aws.ecs().has(Deployments.FILE);
    aws.ecs().then(progress(1, 0), replace(other));

    Rollout rollout = aws.deploy();

    assertThat(rollout).isEqualTo(new ServiceSuperseded("voj-backend-api", arn(3), other, true));
  }

  @Test
  void waitsForStabilityWhereEcsDoesNotSayHowARolloutGoes() {
    aws.ecs().then(silent(1), silent(2), silent(1), silent(2), silent(2));

    Rollout rollout = aws.deploy();

    assertThat(rollout.changed()).isTrue();
    assertThat(aws.ticker.elapsed()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void asksAgainAndLessOftenWhileAwsHasTooMuchToDo() {
    aws.ecs().then(throttled(), broken(), cut(), complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout.changed()).isTrue();
    assertThat(aws.ticker.pauses)
        .containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofMinutes(1));
  }

  @Test
  void namesTheStateWhenTheTimeIsOver() {
    aws.ecs().then(progress(1, 4));
    aws.ecs().service().remove("deploymentConfiguration");

    Problem problem = aws.problem();

    assertThat(problem.what())
        .isEqualTo("The ECS service voj-backend-api was not live within 15 minutes");
    assertThat(problem.why()).contains("1 of 2 running, 1 pending, 4 failed");
    assertThat(problem.fix()).contains("`timeout`", "circuit breaker");
    assertThat(aws.ticker.elapsed()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void warnsWhereNothingRunsBecauseNothingIsWanted() {
    aws.ecs().service().put("desiredCount", 0);
    aws.ecs().then(complete());

    aws.deploy();

    assertThat(aws.warnings)
        .containsExactly("The ECS service voj-backend-api runs no tasks: its desired count is 0");
  }

  @Test
  void isRedWhenTheServiceIsDeletedMeanwhile() {
    aws.ecs().then(delete());

    Problem problem = aws.problem();

    assertThat(problem.why()).contains("DRAINING");
  }
}
