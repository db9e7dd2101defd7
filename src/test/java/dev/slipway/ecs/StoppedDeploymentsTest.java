package dev.slipway.ecs;

import static dev.slipway.ecs.Deployments.runs;
import static dev.slipway.sandbox.EcsSteps.complete;
import static dev.slipway.sandbox.EcsSteps.nothing;
import static dev.slipway.sandbox.EcsSteps.recorded;
import static dev.slipway.sandbox.EcsSteps.rolledBack;
import static dev.slipway.sandbox.EcsSteps.rollingBack;
import static dev.slipway.sandbox.EcsSteps.throttled;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.EcsCluster.Content;
import dev.slipway.delivery.EcsCluster.Goal;
import dev.slipway.delivery.Rollout;
import dev.slipway.delivery.Rollout.ServiceSuperseded;
import dev.slipway.image.Digest;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeEcs.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rollbacks from a deployment that goes on: it is stopped, or replaced.
class StoppedDeploymentsTest {
  @AutoClose private final Deployments aws = Deployments.recorded();

  @Test
  void stopsADeploymentThatGoesOnWhereEcsThenReturnsToTheGoal() {
    aws.ran("1");
    String two = aws.ran("2");
    String three = aws.begun("3");
    aws.ecs().then(nothing(), nothing(), nothing(), throttled(), rollingBack(), rolledBack());

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(two, three, true));
    assertThat(aws.ecs().updates()).isEmpty();
    assertThat(aws.ecs().stopped())
        .singleElement()
        .satisfies(stop -> {
          assertThat(stop.path("stopType").asText()).isEqualTo("ROLLBACK");
          assertThat(stop.path("serviceDeploymentArn").asText())
              .isEqualTo(aws.ecs().service().path("currentServiceDeployment").asText());
        });
    assertThat(aws.log)
        .contains(
            "The deployment of the ECS service voj-backend-api to voj-api:4 is stopped; it returns to voj-api:3",
            "ECS service voj-backend-api: 0 of 2 running, 2 pending",
            "ECS service voj-backend-api: 2 of 2 running, 0 pending");
  }

  @Test
  void goesFurtherBackAfterItStoppedADeployment() {
    String one = aws.ran("1");
    String two = aws.ran("2");
    aws.begun("3");
    aws.ecs().then(rollingBack(), rolledBack());
    aws.rollBack();
    aws.ecs().then(complete());

    Rollout second = aws.rollBack();

    assertThat(second).isEqualTo(runs(one, two, true));
  }

  @Test
  void replacesADeploymentThatGoesOnWhereEcsWouldReturnElsewhere() {
    String one = aws.ran("1");
    aws.ran("2");
    String three = aws.begun("3");
    aws.ecs().then(complete());

    Rollout rollout = aws.move(aws.lookBack(new Goal.Definition(one)));

    assertThat(rollout).isEqualTo(runs(one, three, true));
    assertThat(aws.ecs().stopped()).isEmpty();
  }

  @Test
  void replacesADeploymentThatItMayNotStopAndSaysSo() {
    String one = aws.ran("1");
    String two = aws.begun("2");
    aws.ecs().refuse("StopServiceDeployment", "AccessDeniedException", "no");
    aws.ecs().then(complete());

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(one, two, true));
    assertThat(aws.warnings)
        .containsExactly(
            "The deployment of the ECS service voj-backend-api goes on until another takes its place");
  }

  @Test
  void replacesADeploymentThatIsOverBeforeItCanBeStopped() {
    String one = aws.ran("1");
    String two = aws.begun("2");
    aws.ecs().refuse("StopServiceDeployment", "ConflictException", "It is over.");
    aws.ecs().then(complete());

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(one, two, true));
    assertThat(aws.warnings).isEmpty();
  }

  @Test
  void doesNotDoAnythingElseWhereItIsUnknownWhetherTheDeploymentWasStopped() {
    aws.ran("1");
    aws.begun("2");
    aws.ecs().refuse("StopServiceDeployment", "ThrottlingException", "Rate exceeded");

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.what()).startsWith("Whether the deployment");
    assertThat(aws.ecs().updates()).isEmpty();
  }

  @Test
  void isRedWhenEcsCannotReturn() {
    aws.ran("1");
    aws.begun("2");
    aws.ecs()
        .then(
            rollingBack(),
            recorded("ROLLBACK_FAILED", "{\"statusReason\": \"no capacity\"}"),
            nothing());

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.what())
        .isEqualTo("The deployment of the ECS service voj-backend-api failed");
    assertThat(problem.why()).contains("no capacity");
  }

  @Test
  void saysWhoTookTheServiceDuringTheReturn() {
    aws.ran("1");
    String two = aws.ran("2");
    aws.begun("3");
    String four = aws.ecs().has(Deployments.definition("4", "prod"));
    aws.ecs().then(rollingBack(), taken(four), nothing(), nothing());

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(new ServiceSuperseded("voj-backend-api", two, four, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLUE_GREEN", "LINEAR", "CANARY"})
  void waitsUntilTheTrafficIsBackOnTheOldTasks(String strategy) {
    aws.strategy(strategy);
    String one = aws.ran("1");
    String two = aws.begun("2");
    aws.ecs()
        .then(
            oldOnesListed(one),
            recorded("ROLLBACK_IN_PROGRESS", "{\"lifecycleStage\": \"CLEAN_UP\"}"),
            rolledBack());

    Rollout rollout = aws.rollBack();

    assertThat(rollout).isEqualTo(runs(one, two, true));
    assertThat(aws.ticker.elapsed()).isEqualTo(Duration.ofSeconds(20));
    assertThat(aws.ecs().updates()).isEmpty();
  }

  @Test
  void provesWhatTheTasksRun() {
    aws.ran("1");
    aws.begun("2");
    aws.content = new Content(false, Optional.of(digest("a")), Optional.of(Set.of()));
    aws.ecs().resolvesTo(digest("b").value());
    aws.ecs().then(rollingBack(), rolledBack());

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.what()).contains("runs another image");
  }

  /// The tasks that ran before are the primary ones again; the record goes on.
  private static Step oldOnesListed(String old) {
    return ecs ->
        ecs.seenAs(service -> {
          service.put("taskDefinition", old);
          service.withArray("/deployments").remove(0);
          ObjectNode left = (ObjectNode) service.path("deployments").path(0);
          left.put("status", "PRIMARY");
        });
  }

  private static Step taken(String definition) {
    return ecs -> {
      ecs.begins(definition);
      return Optional.empty();
    };
  }

  private static Digest digest(String digit) {
    return new Digest("sha256:" + digit.repeat(64));
  }
}
