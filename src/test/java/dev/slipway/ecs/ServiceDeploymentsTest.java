package dev.slipway.ecs;

import static dev.slipway.ecs.Deployments.arn;
import static dev.slipway.sandbox.EcsSteps.broken;
import static dev.slipway.sandbox.EcsSteps.complete;
import static dev.slipway.sandbox.EcsSteps.nothing;
import static dev.slipway.sandbox.EcsSteps.progress;
import static dev.slipway.sandbox.EcsSteps.recorded;
import static dev.slipway.sandbox.EcsSteps.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Rollout;
import dev.slipway.delivery.Rollout.ServiceRuns;
import dev.slipway.delivery.Rollout.ServiceSuperseded;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeEcs.Step;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Deployments that ECS keeps a record of, as it does for every strategy today.
class ServiceDeploymentsTest {
  private static final String LINE = "ECS service voj-backend-api: ";

  @AutoClose private final Deployments aws = Deployments.recorded();

  @Test
  void believesTheRecordThatItSucceeded() {
    aws.ecs().then(progress(1, 0), complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout).isEqualTo(new ServiceRuns("voj-backend-api", arn(2), arn(1), true));
    assertThat(aws.cloud.calls()).contains("DescribeServiceDeployments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLUE_GREEN", "LINEAR", "CANARY"})
  void waitsUntilTheLastStageIsOverThoughTheTasksAreUp(String strategy) {
    aws.strategy(strategy);
    aws.ecs()
        .then(
            up("SCALE_UP"),
            recorded("IN_PROGRESS", stage("PRODUCTION_TRAFFIC_SHIFT")),
            recorded("IN_PROGRESS", stage("BAKE_TIME")),
            complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout.changed()).isTrue();
    assertThat(aws.ticker.elapsed()).isEqualTo(Duration.ofSeconds(30));
    assertThat(aws.log)
        .contains(
            LINE + "2 of 2 running, 0 pending, stage SCALE_UP",
            LINE + "2 of 2 running, 0 pending, stage BAKE_TIME");
  }

  @Test
  void doesNotTakeTheOldTasksForTheNewOnesWhileOnlyTheyAreListed() {
    aws.strategy("BLUE_GREEN");
    aws.ecs().then(hidden(), hidden(), hidden(), complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout).isEqualTo(new ServiceRuns("voj-backend-api", arn(2), arn(1), true));
    assertThat(aws.ticker.elapsed()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void doesNotTakeTheOldTasksForTheNewOnesWithoutTheRecordEither() {
    aws.strategy("BLUE_GREEN");
    aws.ecs().refuse("DescribeServiceDeployments", "AccessDeniedException", "no");
    aws.ecs().then(hidden(), hidden(), nothing(), complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout.changed()).isTrue();
    assertThat(aws.ticker.elapsed()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({
    "ROLLBACK_REQUESTED, ECS rolled the service voj-backend-api back",
    "ROLLBACK_IN_PROGRESS, ECS rolled the service voj-backend-api back",
    "ROLLBACK_SUCCESSFUL, ECS rolled the service voj-backend-api back",
    "ROLLBACK_FAILED, ECS rolled the service voj-backend-api back",
    "STOPPED, The deployment of the ECS service voj-backend-api was stopped",
  })
  void isRedWithTheReasonOfTheRecord(String status, String what) {
    aws.ecs()
        .then(
            progress(1, 0),
            recorded(
                status,
                """
                {"statusReason": "Service deployment rolled back because the alarm went off.",
                 "alarms": {"triggeredAlarmNames": ["voj-5xx"]}}
                """));

    Problem problem = aws.problem();

    assertThat(problem.what()).isEqualTo(what);
    assertThat(problem.why()).contains("because the alarm went off", "voj-5xx");
    assertThat(aws.ticker.elapsed()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void saysWhoTookTheServiceRatherThanThatItWasStopped() {
    String other = aws.ecs().has(Deployments.FILE);
    aws.ecs().then(progress(1, 0), recorded("STOPPED", "{}"), replace(other));

    Rollout rollout = aws.deploy();

    assertThat(rollout).isEqualTo(new ServiceSuperseded("voj-backend-api", arn(3), other, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AccessDeniedException",
        "UnknownOperationException",
        "UnsupportedFeatureException"
      })
  void doesWithoutTheRecordWhereItMayNotBeRead(String code) {
    aws.ecs().refuse("DescribeServiceDeployments", code, "no");
    aws.ecs().then(progress(1, 0), complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout.changed()).isTrue();
    assertThat(aws.cloud.calls().stream().filter("DescribeServiceDeployments"::equals)).hasSize(1);
  }

  @Test
  void asksAgainWhileTheRecordCannotBeReadForAMoment() {
    aws.ecs().then(broken(), progress(1, 0), complete());

    Rollout rollout = aws.deploy();

    assertThat(rollout.changed()).isTrue();
  }

  @Test
  void isNotMisledByTheRecordOfTheDeploymentBefore() {
    aws.ecs().then(complete());
    aws.deploy();
    aws.ecs().then(oldRecord(), oldRecord(), complete());

    Rollout rollout = aws.deployMoved();

    assertThat(rollout.changed()).isTrue();
    assertThat(aws.ticker.elapsed()).isEqualTo(Duration.ofSeconds(20));
  }

  /// Both sets of tasks are up.
  private static Step up(String stage) {
    return ecs -> {
      ecs.ours().put("rolloutState", "COMPLETED");
      progress(2, 0).play(ecs);
      return recorded("IN_PROGRESS", stage(stage)).play(ecs);
    };
  }

  private static String stage(String name) {
    return "{\"lifecycleStage\": \"%s\"}".formatted(name);
  }

  /// The new tasks are not listed yet.
  private Step hidden() {
    return ecs -> ecs.without(ecs.ours().path("id").asText());
  }

  /// The service still names the record of the deployment before.
  private static Step oldRecord() {
    return ecs ->
        ecs.seenAs(service ->
            service.put(
                "currentServiceDeployment",
                service.path("currentServiceDeployment").asText().replaceFirst("[0-9]+$", "2")));
  }
}
