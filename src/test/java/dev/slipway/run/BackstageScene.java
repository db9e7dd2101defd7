package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// System S1 over many runs: versions are delivered by its own workflow, and taken back by the
/// workflow beside it. Every check of the GitOps repository is green already.
final class BackstageScene implements AutoCloseable {
  static final String VALUES = "apps/backstage-already11/values-already11.yaml";

  private static final Pattern IMAGE =
      Pattern.compile("    registry: +(\\S+).*\\n    repository: (\\S+)\\n    tag: '([^']*)'");

  private final Sandbox sandbox;
  private final FakeArgoCd argoCd = FakeArgoCd.start();
  private final String environment;
  private final Set<String> broken = new HashSet<>();
  private boolean followed;

  /// Where Argo CD is, until it is asked to look again.
  private volatile String argoCdIsAt = "";

  private int runs;

  /// @param environment where deliveries are noted; empty: nowhere
  BackstageScene(Path folder, String environment) {
    this.sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
    this.environment = environment;
    sandbox.gitOps().passChecks();
    sandbox.gitHub().grant(Canaries.GITHUB_TOKEN, sandbox.application().fullName(), Grant.WRITE);
    argoCd.on("GET backstage", () -> Reply.ok(application().text()));
    argoCd.on(
        "REFRESH backstage",
        () -> {
          argoCdIsAt = sandbox.gitOps().head("main");
          return Reply.ok(application().text());
        });
    argoCd.on(
        "managed-resources backstage",
        () -> Reply.ok(ArgoCdApplication.deployment("backstage", image(), image())));
  }

  Sandbox sandbox() {
    return sandbox;
  }

  FakeArgoCd argoCd() {
    return argoCd;
  }

  /// From now on each run waits until Argo CD runs what was delivered.
  BackstageScene followed() {
    followed = true;
    return this;
  }

  /// What runs with this tag, never comes up.
  BackstageScene breaks(String version) {
    broken.add(version);
    return this;
  }

  /// Commits, tags, builds and delivers a version.
  StepResult deliver(String version) {
    return run(delivery(version));
  }

  /// The step that delivers a version, which is committed, tagged and built.
  ContainerStep delivery(String version) {
    sandbox.application().file("app.js", "// %s\n".formatted(version)).tag("v" + version);
    build(version);
    return step(sandbox.step());
  }

  /// Puts a version's archive where the workflow's build step leaves it.
  void build(String version) {
    try {
      Path archive = sandbox.folders().workspace().resolve("backstage.tar");
      Files.deleteIfExists(archive);
      Files.copy(images(version).ociArchive().path(), archive);
      for (String name : List.of("external-secrets.yaml", "k8s-config-secret.yaml")) {
        String manifest = "deploy/gitops/" + name;
        Path file = sandbox.folders().workspace().resolve(manifest);
        Files.createDirectories(file.getParent());
        Files.writeString(file, sandbox.fixture("workspace/" + manifest));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The digest of a version's image.
  String digest(String version) {
    return images(version).ociArchive().digest().orElseThrow().value();
  }

  private SampleImages images(String version) {
    return new SampleImages(sandbox.folders().temp(), version);
  }

  /// The step that takes the delivery of now back, in a run of its own on an empty runner.
  ContainerStep rollback() {
    sandbox.folders().clearWorkspace();
    return step(sandbox.rollback());
  }

  private ContainerStep step(ContainerStep step) {
    runs++;
    ContainerStep noted =
        step.withVariable("GITHUB_RUN_ID", String.valueOf(1_700_000_000 + runs))
            .withVariable("INPUT_EXTRA-TAGS", "latest")
            .withVariable("INPUT_DEPLOYMENT-ENVIRONMENT", environment);
    return followed
        ? noted
            .withVariable("INPUT_WAIT-FOR-MERGE", "1")
            .withVariable("INPUT_TIMEOUT", "1")
            .withVariable("INPUT_ARGOCD-SERVER", argoCd.uri().toString())
            .withVariable("INPUT_ARGOCD-TOKEN", Canaries.ARGOCD_TOKEN)
            .withVariable("INPUT_ARGOCD-APPLICATIONS", "backstage")
        : noted;
  }

  /// Runs a step; what was recorded before it is forgotten.
  StepResult run(ContainerStep step) {
    sandbox.gitHub().forgetRequests();
    sandbox.registry().forget();
    argoCdIsAt = sandbox.gitOps().head("main");
    StepResult result = new ProcessRunner(sandbox.folders()).run(step);
    Canaries.assertAbsentFrom(result.shown() + result.outputs() + result.summary());
    return result;
  }

  /// Somebody edits the values file on the base branch.
  void editByHand(String what, String into) {
    sandbox.gitOps().commit("main", "By hand", VALUES, valuesNow().replace(what, into));
  }

  /// The values file of the fixture with the values of a version.
  String values(String version) {
    return sandbox
        .fixture("gitops/" + VALUES)
        .replace("123456789012.dkr.ecr.ap-northeast-2.amazonaws.com", sandbox.registry().host())
        .replace("repository: backstage\n", "repository: backstage-already11\n")
        .replace("'1.2.2'", "'" + version + "'");
  }

  /// The values file on the base branch.
  String valuesNow() {
    return sandbox.gitOps().fileAt("main", VALUES).orElseThrow();
  }

  /// The deliveries that were noted, the oldest first, each with what was said of it last.
  List<String> noted() {
    return sandbox.application().deployments().stream()
        .map(deployment ->
            "%s %s: %s"
                .formatted(
                    deployment.task(),
                    deployment.description().replaceFirst(".* ", ""),
                    deployment.statuses().getLast().state()))
        .toList();
  }

  /// Nothing was written anywhere by the last run.
  void assertNothingWritten() {
    assertThat(sandbox.gitHub().writes()).isEmpty();
    assertThat(sandbox.registry().requests())
        .allSatisfy(request -> assertThat(request.method()).isIn("GET", "HEAD"));
  }

  /// What the registry has under a tag; empty: nothing.
  Optional<String> digestInRegistry(String tag) {
    URI manifest =
        URI.create(
            "http://%s/v2/backstage-already11/manifests/%s"
                .formatted(sandbox.registry().host(), tag));
    HttpRequest request =
        HttpRequest.newBuilder(manifest)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .header("Authorization", RegistryServer.authorization("AWS"))
            .header("Accept", "application/vnd.oci.image.index.v1+json")
            .header("Accept", "application/vnd.oci.image.manifest.v1+json")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(request, BodyHandlers.discarding())
          .headers()
          .firstValue("Docker-Content-Digest");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ArgoCdApplication application() {
    String head = argoCdIsAt;
    boolean up = !broken.contains(imageNow().group(3));
    return ArgoCdApplication.of("backstage", sandbox.gitHub().apiUrl() + "/SAMJOYAP/gitops.git")
        .synced(head)
        .health(up ? "Healthy" : "Degraded")
        .ended(up ? "Succeeded" : "Failed", head, 100)
        .reconciledAt(101);
  }

  private String image() {
    MatchResult image = imageNow();
    return "%s/%s:%s".formatted(image.group(1), image.group(2), image.group(3));
  }

  private MatchResult imageNow() {
    return IMAGE.matcher(valuesNow()).results().findFirst().orElseThrow();
  }

  @Override
  public void close() {
    sandbox.close();
    argoCd.close();
  }
}
