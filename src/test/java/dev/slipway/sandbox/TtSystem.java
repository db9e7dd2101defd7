package dev.slipway.sandbox;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// System S5, with a registry on this machine in place of GHCR.
///
/// @param registry host and port
public record TtSystem(JobFolders folders, FakeRepository repository, URI gitHub, String registry) {
  public static final String APPLICATION = "TT-Team/tt_backend";

  /// The path of its images in the registry.
  public static final String IMAGES = "chehyeon-kim23/tt_backend";

  public static final String MACHINE = "i-0123456789abcdef0";

  /// The step of its own workflow.
  public ContainerStep step() {
    return step("s5-tt");
  }

  /// The step of the workflow beside it that takes a release back.
  public ContainerStep rollback() {
    return step("s5-tt-rollback");
  }

  private ContainerStep step(String workflow) {
    Map<String, String> environment =
        new LinkedHashMap<>(
            WorkflowFile.read(Path.of("test-fixtures/workflows", workflow + ".yml"))
                .environment(
                    Map.of(
                        "github.token", Canaries.GITHUB_TOKEN,
                        "github.workspace", folders.workspace().toString(),
                        "inputs.to", "",
                        "secrets.AWS_ACCESS_KEY_ID", FakeEcr.KEY_ID,
                        "secrets.AWS_SECRET_ACCESS_KEY", FakeEcr.SECRET_KEY,
                        "secrets.GHCR_TOKEN", RegistryServer.PASSWORD,
                        "secrets.RELEASE_TOKEN", Canaries.GITOPS_TOKEN)));
    environment.put("INPUT_REGISTRY", registry);
    environment.put("INPUT_REGISTRY-USERNAME", "slipway");
    environment.put("GITHUB_API_URL", gitHub.toString());
    environment.put("GITHUB_REPOSITORY", APPLICATION);
    environment.put("GITHUB_SHA", repository.head("main"));
    environment.put("GITHUB_REF", "refs/heads/develop");
    environment.put("GITHUB_REF_NAME", "develop");
    return ContainerStep.with(environment);
  }
}
