package dev.slipway.ecs;

import static dev.slipway.ecs.Deployments.back;
import static dev.slipway.sandbox.EcsSteps.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.EcsCluster.Goal;
import dev.slipway.delivery.EcsCluster.Service;
import dev.slipway.problem.Problem;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a service is to return to, from what ECS remembers of it.
class EarlierVersionsTest {
  @AutoClose private final Deployments aws = Deployments.recorded();

  @Test
  void namesWhatRanBefore() {
    String one = aws.ran("1");
    String two = aws.ran("2");

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
    assertThat(service.taskDefinition()).isEqualTo(two);
    assertThat(service.before()).contains("voj-api:2");
    assertThat(service.image()).isEqualTo("voj-api:1");
  }

  @Test
  void changesNothingByLooking() {
    aws.ran("1");
    aws.ran("2");

    aws.lookBack();

    assertThat(aws.cloud.calls())
        .containsExactly(
            "DescribeServices",
            "ListServiceDeployments",
            "DescribeServiceDeployments",
            "DescribeServiceRevisions",
            "DescribeTaskDefinition",
            "DescribeTaskDefinition");
  }

  @Test
  void goesFurtherBackTheSecondTime() {
    String one = aws.ran("1");
    String two = aws.ran("2");
    aws.ran("3");
    aws.ecs().returnsTo(two);

    Service second = aws.lookBack();

    assertThat(second.next()).isEqualTo(back(one));
  }

  @Test
  void neverGoesForward() {
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().returnsTo(one);

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.what())
        .isEqualTo("There is nothing known that the ECS service voj-backend-api could return to");
    assertThat(problem.fix()).contains("`rollback-to`");
  }

  @Test
  void doesNotReturnToWhatWasAbandoned() {
    String one = aws.ran("1");
    String two = aws.ran("2");
    String three = aws.ran("3");
    aws.ecs().returnsTo(two);
    aws.ecs().returnsTo(one);
    aws.ecs().returnsTo(three);

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
  }

  @Test
  void returnsAfterARollbackToWhatTheRollbackBrought() {
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().returnsTo(one);
    aws.ran("3");

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"})
  void skipsWhatDidNotComeUp(String status) {
    String one = aws.ran("1");
    aws.begun("2");
    aws.ecs().at(recorded(status, "{}"));
    aws.ran("3");

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
  }

  @Test
  void takesRepeatedDeploymentsOfOneVersionForOne() {
    String one = aws.ran("1");
    String two = aws.ran("2");
    aws.ecs().returnsTo(two);
    aws.ecs().returnsTo(two);

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
  }

  @Test
  void tellsTwoDefinitionsWithTheSameImageApart() {
    String one = aws.ran("1");
    aws.ecs().runs(Deployments.definition("1", "other"));

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
  }

  @Test
  void readsEveryPageOfTheHistory() {
    String one = aws.ran("1");
    for (int i = 0; i < 24; i++) {
      aws.begun("bad" + i);
      aws.ecs().at(recorded("ROLLBACK_SUCCESSFUL", "{}"));
    }
    aws.ran("2");
    aws.ecs().pagesOf(5);

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
    assertThat(aws.cloud.calls().stream().filter("DescribeServiceRevisions"::equals)).hasSize(2);
  }

  @Test
  void knowsWhatRanBeforeTheOldestDeploymentThatEcsRemembers() {
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().forgetDeploymentsBefore(3);

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
  }

  @Test
  void leavesAServiceOfAnotherControllerAlone() {
    aws.ran("1");
    aws.ran("2");
    aws.ecs().service().putObject("deploymentController").put("type", "CODE_DEPLOY");

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.why()).contains("CODE_DEPLOY");
  }
}
