package dev.slipway.registry;

import static dev.slipway.registry.PushFaultsTest.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.ImageRegistry.Readiness;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.Secret;
import dev.slipway.image.ImageName;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeEcr;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pushes to ECR.
class EcrRegistryTest {
  @AutoClose private static final RegistryServer SERVER = RegistryServer.withLogin();

  private final MadeImage image = MadeImage.withLayers(1, 40_000, 30_000);
  @AutoClose private final PushSandbox sandbox = new PushSandbox(SERVER);
  @AutoClose private final FakeEcr ecr = EcrInputs.before(sandbox);

  @Test
  void pushesToTheRegistryThatAwsNames() {
    ecr.add("acme/here");

    Pushed pushed = sandbox.push(run(false), "acme/here", "1.0.0");

    assertThat(pushed.digest()).isEqualTo(image.digest());
    assertThat(sandbox.get("acme/here/manifests/1.0.0").body()).isEqualTo(image.manifest());
    assertThat(ecr.calls()).containsExactly("GetAuthorizationToken");
  }

  @Test
  void asksNoMoreThanAllowed() {
    ecr.add("acme/counted");
    MadeImage layers = MadeImage.withLayers(2, 20_000, 30_000, 40_000, 50_000);

    sandbox.push(sandbox.run(registry(true), layers), "acme/counted", "1.0.0");
    int first = sandbox.proxy.requests().size();
    sandbox.proxy.forget();
    sandbox.push(sandbox.run(registry(true), layers), "acme/counted", "1.0.0");

    assertThat(first).isLessThanOrEqualTo(1 + 3 * (4 + 1) + 1);
    assertThat(sandbox.proxy.requests()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void createsAMissingRepositoryWhenAsked() {
    Pushed pushed = sandbox.push(run(true), "acme/created", "1.0.0");

    assertThat(ecr.calls()).containsExactly("GetAuthorizationToken", "CreateRepository");
    assertThat(ecr.has("acme/created")).isTrue();
    assertThat(ecr.scansOnPush()).isTrue();
    assertThat(pushed.uploadedBlobs()).isEqualTo(3);
  }

  @Test
  void tellsBeforehandThatItWillCreateARepository() {
    ecr.add("acme/old");
    JibImageRegistry run = run(true);

    assertThat(run.check(run.name("acme/new"))).isEqualTo(Readiness.TO_BE_CREATED);
    assertThat(run.check(run.name("acme/old"))).isEqualTo(Readiness.READY);
    assertThat(ecr.calls()).containsExactly("GetAuthorizationToken");
  }

  @Test
  void removesTheRepositoryThatItMadeForNothing() {
    refuseManifests();

    Problem problem = problemOf(() -> sandbox.push(run(true), "acme/useless", "1.0.0"));

    assertThat(problem.why()).endsWith("acme/useless, made for this push, is removed again");
    assertThat(problem.fix()).contains("ecr:PutImage");
    assertThat(ecr.has("acme/useless")).isFalse();
    assertThat(ecr.calls())
        .containsExactly("GetAuthorizationToken", "CreateRepository", "DeleteRepository");
  }

  @ParameterizedTest
  @CsvSource({
    "RepositoryNotEmptyException, 'stays, because somebody uses it by now'",
    "AccessDeniedException, 'stays, and is empty: '"
  })
  void saysWhenTheRepositoryThatItMadeStays(String code, String note) {
    refuseManifests();
    ecr.refuse("DeleteRepository", code, "not authorized to perform: ecr:DeleteRepository");

    Problem problem = problemOf(() -> sandbox.push(run(true), "acme/stays", "1.0.0"));

    assertThat(problem.what()).endsWith("does not allow the push to acme/stays");
    assertThat(problem.why()).contains(note);
  }

  @Test
  void removesNoRepositoryThatWasThere() {
    ecr.add("acme/kept");
    refuseManifests();

    problemOf(() -> sandbox.push(run(true), "acme/kept", "1.0.0"));

    assertThat(ecr.calls()).containsExactly("GetAuthorizationToken");
  }

  private void refuseManifests() {
    sandbox.proxy.inject(
        request -> request.is("PUT", "/manifests/"),
        WireFault.refusal(403, "DENIED", "not authorized to perform: ecr:PutImage on it"));
  }

  @Test
  void createsNothingWhereEcrDoesSoOnPush() {
    sandbox.proxy.inject(
        request -> request.is("GET", "/manifests/"),
        WireFault.refusal(404, "NAME_UNKNOWN", "no such repository"),
        WireFault.refusal(404, "NAME_UNKNOWN", "no such repository"));
    ecr.add("acme/template");

    sandbox.push(run(true), "acme/template", "1.0.0");

    assertThat(ecr.calls()).containsExactly("GetAuthorizationToken");
  }

  @Test
  void isContentWhenAnotherRunCreatedTheRepository() {
    JibImageRegistry run = run(true);
    ImageName name = run.name("acme/race");
    run.check(name);
    ecr.add("acme/race");
    sandbox.proxy.inject(
        request -> request.path().contains("acme/race"),
        WireFault.refusal(404, "NAME_UNKNOWN", "no such repository"),
        WireFault.refusal(404, "NAME_UNKNOWN", "no such repository"));

    Pushed pushed = sandbox.push(run, "acme/race", "1.0.0");

    assertThat(pushed.changed()).isTrue();
  }

  @Test
  void waitsForARepositoryThatIsNotThereAtOnce() {
    sandbox.proxy.inject(
        request -> request.is("POST", "/uploads/") && ecr.has("acme/slow"),
        WireFault.refusal(404, "NAME_UNKNOWN", "no such repository"));

    Pushed pushed = sandbox.push(run(true), "acme/slow", "1.0.0");

    assertThat(pushed.changed()).isTrue();
    assertThat(sandbox.time.pauses).hasSize(1);
  }

  @Test
  void saysHowToMakeAMissingRepository() {
    JibImageRegistry run = run(false);

    Problem problem = problemOf(() -> run.check(run.name("acme/missing")));

    assertThat(problem.what()).isEqualTo("The ECR repository acme/missing does not exist");
    assertThat(problem.fix())
        .contains(
            "`create-repository: true`",
            "aws ecr create-repository --repository-name acme/missing --region eu-central-1");
    assertThat(ecr.calls()).containsExactly("GetAuthorizationToken");
  }

  @Test
  void namesThePermissionToCreateARepository() {
    ecr.refuse(
        "CreateRepository",
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/deploy/GitHubActions is not authorized to perform: ecr:CreateRepository on resource: arn:aws:ecr:eu-central-1:123456789012:repository/acme/denied because no identity-based policy allows the ecr:CreateRepository action");

    Problem problem = problemOf(() -> sandbox.push(run(true), "acme/denied", "1.0.0"));

    assertThat(problem.what()).isEqualTo("The ECR repository acme/denied was not created");
    assertThat(problem.fix()).startsWith("allow ecr:CreateRepository");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "User: x is not authorized to perform: ecr:InitiateLayerUpload on resource: y because no identity-based policy allows the ecr:InitiateLayerUpload action | allow ecr:InitiateLayerUpload on the repository acme/forbidden in the role's policy",
        "User: x is not authorized to perform: ecr:InitiateLayerUpload on resource: y because no resource-based policy allows the ecr:InitiateLayerUpload action | it belongs to another account",
        "Your authorization token has expired. Reauthenticate and try again. | run the job again",
        "Not Authorized | ecr:PutImage"
      })
  void saysWhichPermissionAPushLacks(String text, String fix) {
    ecr.add("acme/forbidden");
    sandbox.proxy.inject(
        request -> request.is("POST", "/uploads/"),
        WireFault.refusal(403, "DENIED", text),
        WireFault.refusal(403, "DENIED", text),
        WireFault.refusal(403, "DENIED", text));

    Problem problem = problemOf(() -> sandbox.push(run(false), "acme/forbidden", "1.0.0"));

    assertThat(problem.what()).endsWith("does not allow the push to acme/forbidden");
    assertThat(problem.fix()).contains(fix);
  }

  @Test
  void hidesTheRegistryPassword() {
    ecr.add("acme/hidden");

    sandbox.push(run(false), "acme/hidden", "1.0.0");

    String pair = "AWS:" + RegistryServer.PASSWORD;
    assertThat(sandbox.hidden)
        .contains(
            new Secret(RegistryServer.PASSWORD),
            new Secret(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
  }

  private JibImageRegistry run(boolean create) {
    return sandbox.run(registry(create), image);
  }

  private KnownRegistry registry(boolean create) {
    return EcrInputs.registry(new RegistryChoice.Ecr(), EcrInputs.aws(ecr), create);
  }
}
