package dev.slipway.ecs;

import static dev.slipway.ecs.Deployments.back;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.aws.Json;
import dev.slipway.delivery.EcsCluster.Goal;
import dev.slipway.delivery.EcsCluster.Next;
import dev.slipway.delivery.EcsCluster.Service;
import dev.slipway.problem.Problem;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// By which task definition a service returns: one that is named, that has an image, that was
/// deregistered meanwhile, or that can only be guessed.
class EarlierDefinitionsTest {
  @AutoClose private final Deployments aws = Deployments.recorded();

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
}
