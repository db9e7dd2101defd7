package dev.slipway.sandbox;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// System S2, with a registry on this machine in place of GHCR: two application repositories that
/// deliver to one deployment repository, which Argo CD follows.
///
/// @param registry host and port
public record AstragoSystem(FakeGitHub gitHub, String registry) {
  public static final String VALUES = "environments/stage/values.yaml";
  public static final String MONITOR = "environments/stage/monitor/values.yaml";
  public static final String BRANCH = "stabilize/1.0";

  private static final Path GITOPS = Path.of("test-fixtures/runs/s2-astrago/gitops");
  private static final Pattern TAG = Pattern.compile("([a-z]+)-stage-[0-9a-f]{8}");

  /// The deployment repository.
  public FakeRepository deployment() {
    return gitHub.repository("xiilab/astrago-deployment");
  }

  /// Gives the deployment repository its files.
  public AstragoSystem begun() {
    deployment().file("README.md", "# Deployment\n");
    for (String path : List.of(VALUES, MONITOR)) {
      deployment().commit(BRANCH, "Add " + path, path, fixture(path));
    }
    return this;
  }

  /// What a file of the deployment repository says at first.
  public static String fixture(String path) {
    try {
      return Files.readString(GITOPS.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The step of one of its workflows, at the tip of the repository that it runs in.
  public ContainerStep step(
      String workflow, JobFolders folders, FakeRepository application, URI argoCd) {
    Map<String, String> environment =
        new LinkedHashMap<>(
            WorkflowFile.read(Path.of("test-fixtures/workflows", workflow + ".yml"))
                .environment(
                    Map.of(
                        "github.token", Canaries.GITHUB_TOKEN,
                        "github.workspace", folders.workspace().toString(),
                        "inputs.to", "",
                        "secrets.GHCR_TOKEN", RegistryServer.PASSWORD,
                        "secrets.DEPLOY_TOKEN", Canaries.GITOPS_TOKEN,
                        "secrets.ARGOCD_TOKEN", Canaries.ARGOCD_TOKEN)));
    environment.put("INPUT_REGISTRY", registry);
    environment.put("INPUT_REGISTRY-USERNAME", "slipway");
    environment.put("INPUT_ARGOCD-SERVER", argoCd.toString());
    environment.put("GITHUB_API_URL", gitHub.apiUrl().toString());
    environment.put("GITHUB_REPOSITORY", application.fullName());
    environment.put("GITHUB_SHA", application.head("main"));
    environment.put("GITHUB_REF", "refs/heads/" + BRANCH);
    environment.put("GITHUB_REF_NAME", BRANCH);
    return ContainerStep.with(environment);
  }

  /// The application as Argo CD sees it when it is at a commit.
  ///
  /// @param up whether its Pods run
  public ArgoCdApplication application(String head, boolean up) {
    return ArgoCdApplication.of("astrago", gitHub.apiUrl() + "/xiilab/astrago-deployment.git")
        .with(json -> json.withObject("/spec/source").put("targetRevision", BRANCH))
        .synced(head)
        .health(up ? "Healthy" : "Degraded")
        .ended(up ? "Succeeded" : "Failed", head, 100)
        .reconciledAt(101);
  }

  /// What the charts make of the tip: a Deployment for each tag in the values.
  public String deployments() {
    String values =
        deployment().fileAt(BRANCH, VALUES).orElseThrow()
            + deployment().fileAt(BRANCH, MONITOR).orElseThrow();
    return ArgoCdApplication.deployments(
        TAG.matcher(values)
            .results()
            .collect(
                Collectors.toMap(
                    component -> component.group(1),
                    (MatchResult tag) -> registry + "/xiilab/astrago:" + tag.group())));
  }
}
