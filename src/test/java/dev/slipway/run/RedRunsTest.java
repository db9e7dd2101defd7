package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import dev.slipway.sandbox.TarWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is wrong with system S1's step, it ends red with one clear error, and nothing was
/// written anywhere.
class RedRunsTest {
  private static final String VALUES = "apps/backstage-already11/values-already11.yaml";
  private static final Set<String> READING = Set.of("GET", "HEAD");

  /// What is wrong, and what the error must say of it.
  record Wrong(String name, String said, BiFunction<Sandbox, ContainerStep, ContainerStep> fault) {
    @Override
    public String toString() {
      return name;
    }
  }

  @TempDir private Path folder;
  private Sandbox sandbox;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
    Files.copy(
        new SampleImages(sandbox.folders().temp(), "backstage").ociArchive().path(),
        sandbox.folders().workspace().resolve("backstage.tar"));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void endsWithOneClearErrorAndNothingWritten(Wrong wrong) throws IOException {
    ContainerStep step = wrong.fault().apply(sandbox, sandbox.step());
    String workspace = contents();

    StepResult result = new ProcessRunner(sandbox.folders()).run(step);

    assertThat(result.exitCode()).isEqualTo(1);
    List<String> errors =
        result.log().stream().filter(line -> line.startsWith("::error ")).toList();
    assertThat(errors).as("%s", String.join("\n", result.log())).hasSize(1);
    assertThat(errors.getFirst()).contains(wrong.said()).contains("%0A").doesNotContain("bug");
    assertThat(sandbox.gitHub().writes()).isEmpty();
    assertThat(sandbox.registry().requests())
        .allSatisfy(request -> assertThat(READING).contains(request.method()));
    assertThat(sandbox.ecr().calls()).doesNotContain("CreateRepository");
    assertThat(contents()).isEqualTo(workspace);
    assertThat(result.outputs()).doesNotContainKeys("digest", "outcome", "pull-request-number");
    Canaries.assertAbsentFrom(String.join("\n", errors) + result.outputs() + result.summary());
  }

  /// Every file of the workspace, with its size and time.
  private String contents() throws IOException {
    try (Stream<Path> files = Files.walk(sandbox.folders().workspace())) {
      return files
          .sorted()
          .map(file -> {
            try {
              return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          })
          .collect(Collectors.joining("\n"));
    }
  }

  static Stream<Wrong> wrong() {
    return Stream.of(
        new Wrong(
            "missing image file",
            "There is no such file",
            (_, step) -> step.withVariable("INPUT_IMAGE", "none.tar")),
        new Wrong(
            "truncated archive",
            "cut off",
            (sandbox, step) -> {
              byte[] whole = archive(sandbox);
              return withArchive(sandbox, step, Arrays.copyOf(whole, whole.length / 2));
            }),
        new Wrong(
            "archive with a step upwards",
            "..",
            (sandbox, step) ->
                withArchive(sandbox, step, new TarWriter().file("../layer.tar", "x").bytes())),
        new Wrong(
            "archive with an absolute name",
            "/etc/passwd",
            (sandbox, step) ->
                withArchive(sandbox, step, new TarWriter().file("/etc/passwd", "x").bytes())),
        new Wrong(
            "archive with a link that leaves it",
            "/proc/self/environ",
            (sandbox, step) ->
                withArchive(
                    sandbox,
                    step,
                    new TarWriter()
                        .symbolicLink("layer.tar", "/proc/self/environ")
                        .file("manifest.json", "[]")
                        .bytes())),
        new Wrong(
            "image layout with a link that leaves it",
            "is not a safe folder",
            (sandbox, step) -> {
              linkTo(sandbox, ".git/config", "layout/index.json");
              return step.withVariable("INPUT_IMAGE", "oci:layout");
            }),
        new Wrong(
            "image that no engine has",
            "slipway-none",
            (_, step) -> step.withVariable("INPUT_IMAGE", "docker-daemon:slipway-none:1")),
        new Wrong(
            "unknown registry host",
            "registry.invalid",
            (_, step) ->
                step.withVariable("INPUT_REGISTRY", "registry.invalid")
                    .withVariable("INPUT_CREATE-REPOSITORY", "false")
                    .withVariable("INPUT_REGISTRY-USERNAME", "slipway")
                    .withVariable("INPUT_REGISTRY-PASSWORD", "canary-wrong-password")),
        new Wrong(
            "refused login",
            "AWS does not know the credentials",
            (_, step) -> step.withVariable("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7UNKNOWN")),
        new Wrong(
            "missing values file",
            "apps/backstage/values.yaml",
            (_, step) ->
                step.withVariable(
                    "INPUT_GITOPS-UPDATE", "apps/backstage/values.yaml: {image.tag: \"{tag}\"}")),
        new Wrong(
            "missing key path",
            "backstage.image.tga",
            (_, step) ->
                step.withVariable(
                    "INPUT_GITOPS-UPDATE", VALUES + ": {backstage.image.tga: \"{tag}\"}")),
        new Wrong(
            "alias target",
            "alias",
            (sandbox, step) -> {
              sandbox.gitOps().file("alias.yaml", "a: &a one\nimage:\n  tag: *a\n");
              return step.withVariable("INPUT_GITOPS-UPDATE", "alias.yaml: {image.tag: \"{tag}\"}");
            }),
        new Wrong(
            "malformed update",
            "gitops-update",
            (_, step) -> step.withVariable("INPUT_GITOPS-UPDATE", "a: [b")),
        new Wrong(
            "unknown placeholder",
            "{semver}",
            (_, step) -> step.withVariable("INPUT_TAG", "{semver}-{sha:7}")),
        new Wrong(
            "tag too long",
            "128",
            (_, step) -> step.withVariable("INPUT_TAG", "{sha}-{sha}-{sha}-{sha}")),
        new Wrong(
            "link to the checkout's token",
            "hold logins",
            (sandbox, step) -> {
              linkTo(sandbox, ".git/config", "innocent.yaml");
              return step.withVariable("INPUT_GITOPS-BOOTSTRAP", "new.yaml: innocent.yaml");
            }),
        new Wrong(
            "no base tag",
            "git tag",
            (_, step) -> step.withVariable("INPUT_GIT-TAG-PREFIX", "release-")),
        new Wrong(
            "token without rights",
            "SAMJOYAP/gitops",
            (sandbox, step) -> {
              sandbox.gitHub().grant(Canaries.GITOPS_TOKEN, "SAMJOYAP/gitops", Grant.NONE);
              return step;
            }),
        new Wrong(
            "token that only reads",
            "SAMJOYAP/gitops",
            (sandbox, step) -> {
              sandbox.gitHub().grant(Canaries.GITOPS_TOKEN, "SAMJOYAP/gitops", Grant.READ);
              return step;
            }));
  }

  private static void linkTo(Sandbox sandbox, String target, String link) {
    Path workspace = sandbox.folders().workspace();
    try {
      Files.createDirectories(workspace.resolve(target).getParent());
      Files.writeString(workspace.resolve(target), "[http]\n");
      Files.createDirectories(workspace.resolve(link).getParent());
      Files.createSymbolicLink(workspace.resolve(link), workspace.resolve(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive(Sandbox sandbox) {
    try {
      return Files.readAllBytes(sandbox.folders().workspace().resolve("backstage.tar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContainerStep withArchive(Sandbox sandbox, ContainerStep step, byte[] bytes) {
    try {
      Files.write(sandbox.folders().workspace().resolve("backstage.tar"), bytes);
      return step;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
