package dev.slipway.registry;

import static dev.slipway.registry.PushFaultsTest.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeEcr;
import dev.slipway.sandbox.RegistryServer;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Pushes to ECR Public.
class EcrPublicRegistryTest {
  @AutoClose private static final RegistryServer SERVER = RegistryServer.withLogin();

  private final MadeImage image = MadeImage.withLayers(1, 40_000, 30_000);
  @AutoClose private final PushSandbox sandbox = new PushSandbox(SERVER);
  @AutoClose private final FakeEcr ecr = EcrInputs.before(sandbox);

  @Test
  void pushesWithALoginFromItsOneRegion() {
    ecr.add("acme/here");

    Pushed pushed = sandbox.push(run(false), "acme/here", "1.0.0");

    assertThat(pushed.digest()).isEqualTo(image.digest());
    assertThat(sandbox.get("acme/here/manifests/1.0.0").body()).isEqualTo(image.manifest());
    assertThat(ecr.calls()).contains("public GetAuthorizationToken");
  }

  @Test
  void createsAMissingRepositoryWithoutItsAlias() {
    Pushed pushed = sandbox.push(run(true), "acme/created", "1.0.0");

    assertThat(pushed.changed()).isTrue();
    assertThat(ecr.calls()).contains("public CreateRepository");
    assertThat(ecr.has("acme/created")).isTrue();
  }

  @Test
  void saysHowToMakeAMissingRepository() {
    JibImageRegistry run = run(false);

    Problem problem = problemOf(() -> sandbox.push(run, "acme/missing", "1.0.0"));

    assertThat(problem.what()).isEqualTo("The ECR Public repository acme/missing does not exist");
    assertThat(problem.fix())
        .contains("aws ecr-public create-repository --repository-name missing");
  }

  @Test
  void namesThePermissionsOfTheLogin() {
    ecr.refuse("GetAuthorizationToken", "AccessDeniedException", "no");

    Problem problem = problemOf(() -> sandbox.push(run(false), "acme/denied", "1.0.0"));

    assertThat(problem.fix()).contains("ecr-public:GetAuthorizationToken", "sts:GetServiceBearer");
  }

  @Test
  void wantsAnAlias() {
    Problem problem = problemOf(() -> run(false).name("shop"));

    assertThat(problem.what()).isEqualTo("`repository` has no alias");
  }

  @Test
  void isWhereAwsHasIt() {
    Aws aws = new Aws(Optional.of(EcrInputs.KEYS), Optional.empty(), Optional.empty());
    KnownRegistry registry = EcrInputs.registry(new RegistryChoice.EcrPublic(), aws, false);

    assertThat(registry.name("acme/shop")).hasToString("public.ecr.aws/acme/shop");
  }

  private JibImageRegistry run(boolean create) {
    return sandbox.run(
        EcrInputs.registry(new RegistryChoice.EcrPublic(), EcrInputs.aws(ecr), create), image);
  }
}
