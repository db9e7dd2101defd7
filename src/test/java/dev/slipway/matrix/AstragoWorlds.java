package dev.slipway.matrix;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.matrix.World.End;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.RepositoryText;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.WorkflowFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// System S2: images to a registry, a commit to the deployment repository, and Argo CD.
final class AstragoWorlds {
  private static final Path GITOPS = Path.of("test-fixtures/runs/s2-astrago/gitops");
  private static final String BRANCH = "stabilize/1.0";
  private static final List<String> FILES =
      List.of("environments/stage/values.yaml", "environments/stage/monitor/values.yaml");
  private static final Pattern TAG = Pattern.compile("([a-z]+)-stage-[0-9a-f]{8}");

  private final JobFolders folders;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registry = RegistryServer.withLogin();
  private final FakeArgoCd argoCd = FakeArgoCd.start();
  private final FakeRepository deployment = gitHub.repository("xiilab/astrago-deployment");
  private final Wire wire = new Wire();

  private AstragoWorlds(Path folder) {
    this.folders = JobFolders.in(folder);
  }

  /// Three images, four keys of two files.
  static World backend(Path folder) throws IOException {
    return new AstragoWorlds(folder)
        .world("s2-astrago", "xiilab/astrago-backend", List.of("core", "batch", "monitor"));
  }

  /// One image, one key.
  static World frontend(Path folder) throws IOException {
    return new AstragoWorlds(folder)
        .world("s2-astrago-frontend", "xiilab/astrago-frontend", List.of("frontend"));
  }

  private World world(String workflow, String repository, List<String> components)
      throws IOException {
    for (String component : components) {
      Files.copy(
          new SampleImages(folders.temp(), component).ociArchive().path(),
          folders.workspace().resolve(component + ".tar"));
    }
    deployment.file("README.md", "# Deployment\n");
    for (String path : FILES) {
      deployment.commit(BRANCH, "Add " + path, path, Files.readString(GITOPS.resolve(path)));
    }
    FakeRepository application = gitHub.repository(repository).file("app", repository);
    gitHub
        .grant(Canaries.GITOPS_TOKEN, deployment.fullName(), Grant.CONTENTS)
        .grant(Canaries.GITHUB_TOKEN, repository, Grant.READ);
    String host = wire.before("registry", URI.create("http://" + registry.host())).getAuthority();
    argoCd.on("GET astrago", () -> Reply.ok(atTheTip().text()));
    argoCd.on("managed-resources astrago", () -> Reply.ok(deployments(host)));
    End end =
        new End(
            List.of(
                () -> Holdings.registry(host, "xiilab/astrago"),
                () -> RepositoryText.of(application),
                () -> RepositoryText.of(deployment)),
            () -> 0);
    return new World(
        wire,
        folders,
        step(workflow, application, host),
        end,
        List.of(argoCd::close, registry::close, gitHub::close));
  }

  private ArgoCdApplication atTheTip() {
    String head = deployment.head(BRANCH);
    return ArgoCdApplication.of("astrago", gitHub.apiUrl() + "/xiilab/astrago-deployment.git")
        .with(json -> json.withObject("/spec/source").put("targetRevision", BRANCH))
        .synced(head)
        .health("Healthy")
        .ended("Succeeded", head, 100)
        .reconciledAt(101);
  }

  /// What the charts make of the tip: a Deployment for each tag in the values.
  private String deployments(String host) {
    String values =
        FILES.stream()
            .map(path -> deployment.fileAt(BRANCH, path).orElseThrow())
            .collect(Collectors.joining());
    return ArgoCdApplication.deployments(
        TAG.matcher(values)
            .results()
            .collect(
                Collectors.toMap(
                    component -> component.group(1),
                    (MatchResult tag) -> host + "/xiilab/astrago:" + tag.group())));
  }

  private ContainerStep step(String workflow, FakeRepository application, String host) {
    Map<String, String> environment =
        new LinkedHashMap<>(
            WorkflowFile.read(Path.of("test-fixtures/workflows", workflow + ".yml"))
                .environment(
                    Map.of(
                        "github.token", Canaries.GITHUB_TOKEN,
                        "github.workspace", folders.workspace().toString(),
                        "secrets.GHCR_TOKEN", RegistryServer.PASSWORD,
                        "secrets.DEPLOY_TOKEN", Canaries.GITOPS_TOKEN,
                        "secrets.ARGOCD_TOKEN", Canaries.ARGOCD_TOKEN)));
    environment.put("INPUT_REGISTRY", host);
    environment.put("INPUT_REGISTRY-USERNAME", "slipway");
    environment.put("INPUT_ARGOCD-SERVER", wire.before("Argo CD", argoCd.uri()).toString());
    environment.put("GITHUB_API_URL", wire.before("GitHub", gitHub.apiUrl()).toString());
    environment.put("GITHUB_REPOSITORY", application.fullName());
    environment.put("GITHUB_SHA", application.head("main"));
    environment.put("GITHUB_REF", "refs/heads/" + BRANCH);
    environment.put("GITHUB_REF_NAME", BRANCH);
    return ContainerStep.with(environment);
  }
}
