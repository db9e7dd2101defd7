package dev.slipway.ecs;

import static dev.slipway.ecs.Deployments.back;
import static dev.slipway.sandbox.EcsSteps.recorded;
import static dev.slipway.sandbox.EcsSteps.rolledBack;
import static dev.slipway.sandbox.EcsSteps.rollingBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.EcsCluster.Next;
import dev.slipway.delivery.EcsCluster.Service;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a service is to return to while a deployment, or a rollback of ECS itself, goes on or has
/// just ended.
class UnfinishedDeploymentsTest {
  @AutoClose private final Deployments aws = Deployments.recorded();

  @Test
  void leavesADeploymentThatGoesOn() {
    aws.ran("1");
    String two = aws.ran("2");
    aws.begun("3");

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(two));
  }

  @Test
  void leavesARestartThatGoesOn() {
    String one = aws.ran("1");
    String two = aws.ran("2");
    aws.ecs().begins(two);

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
  }

  @Test
  void doesNotGoFurtherWhileTheServiceIsOnItsWayBack() {
    aws.ran("1");
    String two = aws.ran("2");
    aws.ran("3");
    aws.ecs().begins(two);

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(new Next.Same());
  }

  @Test
  void doesNotGoFurtherWhileTheServiceIsOnItsWayBackFromWhatNeverCameUp() {
    aws.ran("1");
    String two = aws.ran("2");
    aws.begun("3");
    aws.ecs().begins(two);

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(new Next.Same());
    assertThat(service.image()).isEqualTo("voj-api:2");
  }

  @Test
  void joinsTheRollbackThatEcsBegins() {
    aws.ran("1");
    String two = aws.ran("2");
    aws.begun("3");
    aws.ecs().at(recorded("ROLLBACK_REQUESTED", "{}"));

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(two));
  }

  @Test
  void staysWhereEcsIsAboutToReturnTo() {
    aws.ran("1");
    String two = aws.ran("2");
    aws.begun("3");
    aws.ecs().at(rollingBack());

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(new Next.Same());
    assertThat(service.taskDefinition()).isEqualTo(two);
  }

  @Test
  void staysWhereTheBreakerHasReturnedToAndSaysSo() {
    aws.ran("1");
    aws.ran("2");
    aws.begun("3");
    aws.ecs().at(rolledBack());

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(new Next.Same());
    assertThat(aws.warnings)
        .containsExactly(
            "ECS has returned the service voj-backend-api to voj-api:3 by itself: voj-api:4 did not come up");
  }

  @Test
  void goesFurtherBackAfterARollbackThatStoppedADeployment() {
    String one = aws.ran("1");
    aws.ran("2");
    aws.begun("3");
    aws.ecs().at(rolledBack());
    aws.ecs().at(recorded("ROLLBACK_SUCCESSFUL", "{\"stoppedAt\": 1.77e9}"));

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
  }

  @Test
  void leavesTheServiceThatTheBreakerKeptFromReturning() {
    aws.ran("1");
    String two = aws.ran("2");
    aws.ran("3");
    aws.ecs().begins(two);
    aws.ecs().at(rolledBack());

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(two));
  }
}
