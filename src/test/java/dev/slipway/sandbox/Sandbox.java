package dev.slipway.sandbox;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A system of `test-fixtures/` with everything it meets, on this machine: the runner's folders, a
/// GitHub with its two repositories, a registry, and an ECR that signs in to it.
public final class Sandbox implements AutoCloseable {
  private static final Path WORKFLOWS = Path.of("test-fixtures/workflows");
  private static final Path RUNS = Path.of("test-fixtures/runs");

  private final ReplacedSystem system;
  private final JobFolders folders;
  private final FakeGitHub gitHub = FakeGitHub.start();
  private final RegistryServer registry = RegistryServer.withLogin();
  private final RecordingProxy registryProxy = RecordingProxy.before(registry.host());
  private final FakeEcr ecr;

  /// One of the systems that Slipway replaces.
  ///
  /// @param name of its workflow, and of its folder of files
  /// @param application the repository that the workflow runs in, `owner/name`
  /// @param gitOps the GitOps repository, `owner/name`
  public record ReplacedSystem(String name, String application, String gitOps, String region) {
    /// Backstage, to ECR and a GitOps pull request.
    public static final ReplacedSystem BACKSTAGE =
        new ReplacedSystem(
            "s1-backstage", "SAMJOYAP/backstage-app", "SAMJOYAP/gitops", "ap-northeast-2");

    /// Pop-Con, to ECR and a script on EC2. It has no GitOps repository that Slipway writes.
    public static final ReplacedSystem POPCON =
        new ReplacedSystem("s4-popcon", "Pop-Con/popcon", "Pop-Con/none", "ap-northeast-2");

    /// VOJ, to ECR and an ECS service. It has no GitOps repository; the one here stays untouched.
    public static final ReplacedSystem VOJ =
        new ReplacedSystem("s3-voj", "swm-voj/voj", "swm-voj/none", "ap-northeast-2");
  }

  private Sandbox(ReplacedSystem system, Path folder) {
    this.system = system;
    this.folders = JobFolders.in(folder);
    this.ecr = new FakeEcr(system.region(), "http://" + registryProxy.host());
    registryProxy.always(ecr::whenMissing);
    gitHub
        .grant(Canaries.GITHUB_TOKEN, system.application(), granted(system))
        .grant(Canaries.GITOPS_TOKEN, system.gitOps(), FakeGitHub.Grant.WRITE);
    application().file("README.md", "# Backstage\n").tag("v1.2.3").file("app.js", "// new\n");
    gitOps().rules().allowAutoMerge().requireCheck();
    forEachFile(system.name() + "/gitops", (path, text) -> gitOps().file(path, text));
    forEachFile(system.name() + "/workspace", this::writeToWorkspace);
  }

  /// What the workflow's `permissions:` give the job's own token.
  private static FakeGitHub.Grant granted(ReplacedSystem system) {
    Map<?, ?> permissions = WorkflowFile.permissions(WORKFLOWS.resolve(system.name() + ".yml"));
    return "write".equals(permissions.get("deployments"))
        ? FakeGitHub.Grant.WRITE
        : FakeGitHub.Grant.READ;
  }

  /// Starts it, with the runner's folders below `folder`.
  public static Sandbox start(ReplacedSystem system, Path folder) {
    return new Sandbox(system, folder);
  }

  /// The step of the system's own workflow. What the workflow leaves to the action, its defaults
  /// say; what it takes from contexts and secrets, the sandbox has.
  public ContainerStep step() {
    return step(system.name());
  }

  /// The step of the workflow beside it that takes a delivery back, started by hand without any
  /// input.
  public ContainerStep rollback() {
    return step(system.name() + "-rollback").withVariable("GITHUB_EVENT_NAME", "workflow_dispatch");
  }

  private ContainerStep step(String workflow) {
    Map<String, String> contexts =
        Map.of(
            "github.token", Canaries.GITHUB_TOKEN,
            "github.workspace", folders.workspace().toString(),
            "inputs.to", "",
            "secrets.AWS_IAM_ROLE_ARN", "arn:aws:iam::123456789012:role/deploy",
            "secrets.AWS_ACCESS_KEY_ID", FakeEcr.KEY_ID,
            "secrets.AWS_SECRET_ACCESS_KEY", FakeEcr.SECRET_KEY,
            "secrets.GITOPS_REPO_TOKEN", Canaries.GITOPS_TOKEN);
    Map<String, String> environment =
        new LinkedHashMap<>(
            WorkflowFile.read(WORKFLOWS.resolve(workflow + ".yml")).environment(contexts));
    environment.put("INPUT_AWS-ENDPOINT-URL", ecr.endpoint().toString());
    environment.put("GITHUB_API_URL", gitHub.apiUrl().toString());
    environment.put("GITHUB_REPOSITORY", system.application());
    environment.put("GITHUB_SHA", application().head("main"));
    return ContainerStep.with(environment);
  }

  public JobFolders folders() {
    return folders;
  }

  public FakeGitHub gitHub() {
    return gitHub;
  }

  /// The repository that the workflow runs in. `main` is one commit after `v1.2.3`.
  public FakeRepository application() {
    return gitHub.repository(system.application());
  }

  public FakeRepository gitOps() {
    return gitHub.repository(system.gitOps());
  }

  /// The registry as the action meets it.
  public RecordingProxy registry() {
    return registryProxy;
  }

  /// The digest of what a tag stands for in the registry; empty: nothing.
  public Optional<String> digest(String repository, String tag) {
    return registry.digest(repository, tag);
  }

  public FakeEcr ecr() {
    return ecr;
  }

  /// The text of a file of the system's folder.
  public String fixture(String path) {
    return read(RUNS.resolve(system.name()).resolve(path));
  }

  @Override
  public void close() {
    ecr.close();
    registryProxy.close();
    registry.close();
    gitHub.close();
  }

  /// Takes a file's path and its text.
  private interface FileTaker {
    void take(String path, String text);
  }

  private static void forEachFile(String folder, FileTaker taker) {
    Path root = RUNS.resolve(folder);
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(file -> taker.take(root.relativize(file).toString(), read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeToWorkspace(String path, String text) {
    Path file = folders.workspace().resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
