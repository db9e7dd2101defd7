package dev.slipway.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.problem.Problem;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What stops a deployment before it begins.
class RefusedDeploymentsTest {
  @AutoClose private final Deployments aws = new Deployments();

  @ParameterizedTest
  @ValueSource(strings = {"CODE_DEPLOY", "EXTERNAL"})
  void leavesServicesOfOtherControllersAlone(String controller) {
    aws.ecs().service().putObject("deploymentController").put("type", controller);

    Problem problem = aws.problem();

    assertThat(problem.why()).contains(controller);
    assertThat(aws.ecs().registered()).isEmpty();
  }

  @Test
  void namesTheContainersWhenOneIsWrong() {
    aws.container("app");

    Problem problem = aws.problem();

    assertThat(problem.what()).isEqualTo("The task definition has no container `app`");
    assertThat(problem.why()).isEqualTo("its containers are api");
  }

  @Test
  void namesThePermissionToPassTheRole() {
    aws.ecs()
        .refuse(
            "RegisterTaskDefinition",
            "AccessDeniedException",
            "User: arn:aws:sts::1:assumed-role/deploy/x is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/task");

    Problem problem = aws.problem();

    assertThat(problem.fix()).contains("iam:PassRole");
    assertThat(problem.why()).contains("arn:aws:iam::1:role/task");
    assertThat(aws.ecs().updates()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DescribeServices", "DescribeTaskDefinition", "UpdateService"})
  void namesThePermissionThatIsMissing(String action) {
    aws.ecs().refuse(action, "AccessDeniedException", "no");

    Problem problem = aws.problem();

    assertThat(problem.fix()).contains("ecs:" + action);
  }

  @Test
  void saysWhatEcsDislikesAboutTheDefinition() {
    aws.ecs()
        .refuse("RegisterTaskDefinition", "ClientException", "Invalid 'cpu' setting for task.");

    Problem problem = aws.problem();

    assertThat(problem.why()).isEqualTo("ECS says: Invalid 'cpu' setting for task.");
  }

  @Test
  void saysThatThereIsNoSuchService() {
    aws.service("voj-api");

    Problem problem = aws.problem();

    assertThat(problem.what()).isEqualTo("There is no ECS service voj-api");
  }

  @Test
  void saysThatThereIsNoSuchCluster() {
    aws.cluster("prod");

    Problem problem = aws.problem();

    assertThat(problem.what()).isEqualTo("There is no ECS cluster prod");
  }

  @Test
  void leavesAServiceThatIsBeingDeletedAlone() {
    aws.ecs().service().put("status", "DRAINING");

    Problem problem = aws.problem();

    assertThat(problem.why()).isEqualTo("it is DRAINING");
  }
}
