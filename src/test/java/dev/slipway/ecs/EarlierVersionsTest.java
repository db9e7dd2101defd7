package dev.slipway.ecs;

import static dev.slipway.sandbox.FakeEcs.recorded;
import static dev.slipway.sandbox.FakeEcs.rolledBack;
import static dev.slipway.sandbox.FakeEcs.rollingBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.EcsCluster.Goal;
import dev.slipway.delivery.EcsCluster.Next;
import dev.slipway.delivery.EcsCluster.Service;
import dev.slipway.problem.Problem;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a service is to return to, from what ECS remembers of it.
class EarlierVersionsTest {
  private final Deployments aws = new Deployments();

  @BeforeEach
  void recordDeployments() {
    aws.ecs().recordsDeployments();
  }

  @AfterEach
  void close() {
    aws.close();
  }

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
  void registersAnewWhatWasDeregistered() {
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().mark(one, "INACTIVE");

    Service service = aws.lookBack();

    assertThat(service.next())
        .isInstanceOfSatisfying(
            Next.Earlier.class,
            earlier -> {
              assertThat(earlier.arn()).isEqualTo(one);
              assertThat(Json.read(earlier.definition().orElseThrow()).fieldNames())
                  .toIterable()
                  .contains("family", "containerDefinitions")
                  .doesNotContain("taskDefinitionArn", "revision", "status", "deleteRequestedAt");
            });
  }

  @Test
  void goesFurtherBackFromWhatWasRegisteredAnew() {
    String zero = aws.ran("0");
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().mark(one, "INACTIVE");
    aws.ran("1");

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(zero));
  }

  @Test
  void takesTheCopyThatACutOffRunRegistered() {
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().mark(one, "INACTIVE");
    String copy = aws.ecs().has(Deployments.definition("1", "prod"));

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(copy));
  }

  @Test
  void saysThatTheDefinitionIsBeingDeleted() {
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().mark(one, "DELETE_IN_PROGRESS");

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.what())
        .isEqualTo("The ECS service voj-backend-api cannot return to voj-api:2");
    assertThat(problem.why()).contains("DELETE_IN_PROGRESS");
  }

  @Test
  void saysThatTheDefinitionIsGone() {
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().forget(one);

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.why()).isEqualTo("ECS does not know that task definition");
    assertThat(problem.fix()).contains("`rollback-to`");
  }

  @Test
  void returnsToADefinitionThatIsNamed() {
    String one = aws.ran("1");
    aws.ran("2");
    aws.ran("3");
    aws.cloud.forgetCalls();

    Service service = aws.lookBack(new Goal.Definition(one));

    assertThat(service.next()).isEqualTo(back(one));
    assertThat(aws.cloud.calls()).doesNotContain("ListServiceDeployments");
  }

  @Test
  void isThereAlreadyWhereThatDefinitionRuns() {
    aws.ran("1");
    String two = aws.ran("2");

    Service service = aws.lookBack(new Goal.Definition(two));

    assertThat(service.next()).isEqualTo(new Next.Same());
  }

  @Test
  void prefersADefinitionOfTheImageThatRanWell() {
    String good = aws.ran("1");
    aws.ecs().has(Deployments.definition("1", "other"));
    aws.ran("2");

    Service service = aws.lookBack(new Goal.Image(Set.of("voj-api:1")));

    assertThat(service.next()).isEqualTo(back(good));
  }

  @Test
  void findsTheImageByItsDigest() {
    String good = aws.ran("1");
    aws.ran("2");
    String digest = "sha256:" + "%064x".formatted("voj-api:1".hashCode() & 0xffffffffL);

    Service service = aws.lookBack(new Goal.Image(Set.of("voj-api@" + digest)));

    assertThat(service.next()).isEqualTo(back(good));
  }

  @Test
  void findsTheImageInTheFamilyWhereTheHistoryDoesNotHaveIt() {
    String old = aws.ecs().has(Deployments.definition("0", "prod"));
    aws.ran("1");
    aws.ecs().refuse("ListServiceDeployments", "AccessDeniedException", "no");

    Service service = aws.lookBack(new Goal.Image(Set.of("voj-api:0")));

    assertThat(service.next()).isEqualTo(back(old));
    assertThat(aws.warnings).isEmpty();
  }

  @Test
  void saysThatNothingHasTheImage() {
    aws.ran("1");

    Problem problem = aws.problem(new Goal.Image(Set.of("voj-api:9")));

    assertThat(problem.why()).contains("voj-api:9");
    assertThat(problem.fix()).contains("`rollback-to`", "ecs:ListServiceDeployments");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ListServiceDeployments",
        "DescribeServiceDeployments",
        "DescribeServiceRevisions"
      })
  void guessesAndSaysSoWhereTheHistoryMayNotBeRead(String action) {
    String one = aws.ran("1");
    aws.ran("2");
    aws.ecs().refuse(action, "AccessDeniedException", "no");

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
    assertThat(aws.warnings)
        .containsExactly("That the ECS service voj-backend-api ran well on voj-api:2 is a guess");
  }

  @Test
  void guessesPastWhatWasDeregisteredWhereEcsRemembersNothing() {
    String one = aws.ran("1");
    String two = aws.ran("2");
    aws.ran("3");
    aws.ecs().mark(two, "INACTIVE");
    aws.ecs().forgetDeploymentsBefore(9);

    Service service = aws.lookBack();

    assertThat(service.next()).isEqualTo(back(one));
    assertThat(aws.warnings).hasSize(1);
  }

  @Test
  void namesThePermissionToListTheFamily() {
    aws.ran("1");
    aws.ecs().refuse("ListServiceDeployments", "AccessDeniedException", "no");
    aws.ecs().refuse("ListTaskDefinitions", "AccessDeniedException", "no");

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.fix()).contains("ecs:ListTaskDefinitions");
  }

  @Test
  void doesNotGuessWhileAwsIsOutOfOrder() {
    aws.ran("1");
    aws.ran("2");
    aws.ecs().refuse("ListServiceDeployments", "ThrottlingException", "Rate exceeded");

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.what())
        .isEqualTo("What the ECS service voj-backend-api ran before cannot be read");
    assertThat(aws.ticker.pauses).hasSize(5);
  }

  @Test
  void leavesAServiceOfAnotherControllerAlone() {
    aws.ran("1");
    aws.ran("2");
    aws.ecs().service().putObject("deploymentController").put("type", "CODE_DEPLOY");

    Problem problem = aws.problem(new Goal.Previous());

    assertThat(problem.why()).contains("CODE_DEPLOY");
  }

  private static Next back(String arn) {
    return new Next.Earlier(arn, Optional.empty());
  }
}
