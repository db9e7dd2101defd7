package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeEcr;
import dev.slipway.sandbox.FakeSts;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import dev.slipway.sandbox.Wiretap;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs in which every server has an address of its own: each secret goes to the one that it
/// is for.
class SecretsOnTheWireTest {
  private static final String NOWHERE = "";

  @TempDir private Path folder;
  private final FakeArgoCd argoCd = FakeArgoCd.start();
  private final Map<String, Wiretap> taps = new LinkedHashMap<>();
  private Sandbox sandbox;
  private FakeAws cloud;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
    cloud = FakeAws.before(sandbox.ecr().endpoint());
    Files.copy(
        new SampleImages(sandbox.folders().temp(), "backstage").ociArchive().path(),
        sandbox.folders().workspace().resolve("backstage.tar"));
    taps.put("home", Wiretap.before(sandbox.gitHub().apiUrl()));
    taps.put("gitops", Wiretap.before(sandbox.gitHub().apiUrl()));
    taps.put("aws", Wiretap.before(cloud.endpoint()));
    taps.put("runner", Wiretap.before(cloud.tokens()));
    taps.put("argocd", Wiretap.before(argoCd.uri()));
    taps.put("registry", Wiretap.before(URI.create("http://" + sandbox.registry().host())));
  }

  @AfterEach
  void close() {
    taps.values().forEach(Wiretap::close);
    argoCd.close();
    cloud.close();
    sandbox.close();
  }

  @Test
  void goOnlyWhereTheyBelongInARunWithARole() {
    argoCd.on("GET backstage", () -> Reply.ok(application().text()));
    argoCd.on(
        "managed-resources backstage",
        () -> Reply.ok(ArgoCdApplication.deployment("backstage", image(), image())));

    StepResult result =
        run(
            step()
                .withVariable("INPUT_ROLE-TO-ASSUME", "arn:aws:iam::123456789012:role/deploy")
                .withVariable("INPUT_AWS-ENDPOINT-URL", uri("aws"))
                .withVariable("ACTIONS_ID_TOKEN_REQUEST_URL", uri("runner"))
                .withVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", FakeSts.REQUEST_TOKEN)
                .withVariable("INPUT_GITOPS-DELIVERY", "commit")
                .withVariable("INPUT_ARGOCD-SERVER", uri("argocd"))
                .withVariable("INPUT_ARGOCD-TOKEN", Canaries.ARGOCD_TOKEN)
                .withVariable("INPUT_ARGOCD-APPLICATIONS", "backstage"));

    assertThat(result.exitCode()).as("%s", result.log()).isZero();
    assertHeard(Canaries.GITHUB_TOKEN, "home");
    assertHeard(Canaries.GITOPS_TOKEN, "gitops");
    assertHeard(Canaries.ARGOCD_TOKEN, "argocd");
    assertHeard(FakeSts.REQUEST_TOKEN, "runner");
    assertHeard(FakeSts.SIGNATURE, "aws");
    assertHeard(FakeEcr.SESSION_TOKEN, "aws");
    assertHeard(FakeEcr.SECRET_KEY, NOWHERE);
    assertHeard(RegistryServer.PASSWORD, NOWHERE);
    assertThat(sandbox.registry().requests())
        .flatExtracting(request -> request.headers().values())
        .contains(RegistryServer.authorization("AWS"))
        .noneMatch(header -> header.contains("canary"));
  }

  @Test
  void goOnlyWhereTheyBelongInARunWithARegistryOfItsOwn() {
    sandbox.ecr().add("backstage-already11");

    StepResult result =
        run(
            step()
                .withVariable("INPUT_REGISTRY", taps.get("registry").uri().getAuthority())
                .withVariable("INPUT_REGISTRY-USERNAME", "slipway")
                .withVariable("INPUT_REGISTRY-PASSWORD", RegistryServer.PASSWORD)
                .withVariable("INPUT_CREATE-REPOSITORY", "false")
                .withVariable("INPUT_AWS-ENDPOINT-URL", uri("aws"))
                .withVariable("AWS_SESSION_TOKEN", FakeEcr.SESSION_TOKEN));

    assertThat(result.exitCode()).as("%s", result.log()).isZero();
    assertHeard(Canaries.GITHUB_TOKEN, "home");
    assertHeard(Canaries.GITOPS_TOKEN, "gitops");
    assertHeard(RegistryServer.PASSWORD, "registry");
    assertHeard(FakeEcr.SECRET_KEY, NOWHERE);
    assertHeard(FakeEcr.SESSION_TOKEN, NOWHERE);
    assertThat(cloud.calls()).isEmpty();
  }

  private ContainerStep step() {
    return sandbox
        .step()
        .withVariable("GITHUB_API_URL", uri("home"))
        .withVariable("INPUT_GITOPS-API-URL", uri("gitops"));
  }

  private StepResult run(ContainerStep step) {
    return new ProcessRunner(sandbox.folders()).run(step);
  }

  private ArgoCdApplication application() {
    String head = sandbox.gitOps().head("main");
    return ArgoCdApplication.of("backstage", uri("gitops") + "/SAMJOYAP/gitops.git")
        .synced(head)
        .health("Healthy")
        .ended("Succeeded", head, 100)
        .reconciledAt(101);
  }

  private String image() {
    return "%s/backstage-already11:1.2.3-%s"
        .formatted(sandbox.registry().host(), sandbox.application().head("main").substring(0, 7));
  }

  private String uri(String tap) {
    return taps.get(tap).uri().toString();
  }

  /// The secret, or a login with it, went to `where` and to nobody else.
  private void assertHeard(String secret, String where) {
    taps.forEach((name, tap) ->
        assertThat(forms(secret).stream().anyMatch(tap.heard()::contains))
            .as("%s at %s", secret, name)
            .isEqualTo(name.equals(where)));
  }

  private static List<String> forms(String secret) {
    return List.of(
        secret,
        Base64.getEncoder().encodeToString(("slipway:" + secret).getBytes(StandardCharsets.UTF_8)),
        Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
  }
}
