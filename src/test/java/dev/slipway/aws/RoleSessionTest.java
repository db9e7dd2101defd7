package dev.slipway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.delivery.FakeTicker;
import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.Inputs.AwsRole;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Secret;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeEcr;
import dev.slipway.sandbox.FakeSts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.regions.Region;

class RoleSessionTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";

  private final FakeAws cloud = FakeAws.start();
  private final FakeTicker ticker = new FakeTicker();
  private final List<Secret> hidden = new ArrayList<>();

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void assumesTheRoleWithTheTokenOfTheJob() {
    AwsCredentials credentials = access().credentials(Region.EU_CENTRAL_1);

    assertThat(credentials.accessKeyId()).isEqualTo(FakeEcr.KEY_ID);
    assertThat(cloud.sts().sessions()).containsExactly(ROLE + " slipway-shop-7");
    assertThat(cloud.sts().queries()).containsExactly("api-version=2.0&audience=sts.amazonaws.com");
    assertThat(hidden)
        .contains(new Secret(FakeEcr.SECRET_KEY), new Secret(FakeEcr.SESSION_TOKEN))
        .anyMatch(secret -> secret.reveal().endsWith(FakeSts.SIGNATURE));
  }

  @Test
  void asksOnceForAsLongAsTheCredentialsLast() {
    AwsAccess access = access();

    access.credentials(Region.EU_CENTRAL_1);
    access.credentials(Region.EU_CENTRAL_1);

    assertThat(cloud.calls()).containsExactly("token", "AssumeRoleWithWebIdentity");
  }

  @Test
  void renewsCredentialsThatAreAboutToExpireWithASecondToken() {
    cloud.sts().lifetime(Duration.ofMinutes(4));
    AwsAccess access = access();

    access.credentials(Region.EU_CENTRAL_1);
    access.credentials(Region.EU_CENTRAL_1);

    assertThat(cloud.calls())
        .containsExactly(
            "token", "AssumeRoleWithWebIdentity", "token", "AssumeRoleWithWebIdentity");
  }

  @Test
  void keepsTheOldCredentialsWhileTheyLastAndNoNewOnesAreToBeHad() {
    cloud.sts().lifetime(Duration.ofMinutes(4));
    AwsAccess access = access();
    access.credentials(Region.EU_CENTRAL_1);
    cloud.sts().refuse(3, 403, "AccessDenied", "no");

    AwsCredentials again = access.credentials(Region.EU_CENTRAL_1);

    assertThat(again.accessKeyId()).isEqualTo(FakeEcr.KEY_ID);
  }

  @Test
  void asksTheTokenServiceAgainWhenItIsOutOfOrder() {
    cloud.sts().tokenFault(503).tokenFault(503);

    access().credentials(Region.EU_CENTRAL_1);

    assertThat(cloud.sts().queries()).hasSize(3);
    assertThat(ticker.pauses).hasSize(2);
  }

  @Test
  void asksStsAgainWhenItCannotReachGitHub() {
    cloud.sts().refuse(2, 400, "IDPCommunicationError", "cannot reach the provider");

    access().credentials(Region.EU_CENTRAL_1);

    assertThat(cloud.sts().sessions()).hasSize(1);
  }

  @Test
  void showsTheClaimsWhenTheRoleDoesNotTrustThem() {
    cloud
        .sts()
        .refuse(9, 403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");

    ActionException thrown =
        catchThrowableOfType(
            ActionException.class, () -> access().credentials(Region.EU_CENTRAL_1));

    Problem problem = thrown.problems().getFirst();
    assertThat(problem.what()).isEqualTo("The role %s was not assumed".formatted(ROLE));
    assertThat(problem.why())
        .contains(
            "sub=repo:acme/shop:environment:production",
            "aud=sts.amazonaws.com",
            "ref=refs/heads/main",
            "environment=production");
    assertThat(problem.fix()).contains("trust policy");
    assertThat(traceOf(thrown)).doesNotContain(FakeSts.SIGNATURE, FakeSts.REQUEST_TOKEN);
    assertThat(cloud.calls().stream().filter(call -> !call.equals("token"))).hasSize(3);
  }

  @Test
  void saysWhereTheIdentityProviderIsMissing() {
    cloud.sts().refuse(1, 400, "InvalidIdentityToken", "No OpenIDConnect provider found");

    Problem problem = refusal();

    assertThat(problem.fix()).contains("token.actions.githubusercontent.com");
  }

  @Test
  void saysWhichPermissionTheJobLacks() {
    cloud.sts().tokenFault(403);

    Problem problem = refusal();

    assertThat(problem.fix()).contains("id-token: write");
  }

  private Problem refusal() {
    return catchThrowableOfType(
            ActionException.class, () -> access().credentials(Region.EU_CENTRAL_1))
        .problems()
        .getFirst();
  }

  private AwsAccess access() {
    AwsRole role =
        new AwsRole(ROLE, "slipway-shop-7", cloud.tokens(), new Secret(FakeSts.REQUEST_TOKEN));
    return new AwsAccess(
        new Aws(Optional.of(role), Optional.empty(), Optional.of(cloud.endpoint())),
        hidden::add,
        Pace.of(ticker));
  }

  private static String traceOf(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
