package dev.slipway.run;

import static dev.slipway.container.ActionImage.docker;
import static dev.slipway.run.StepAssertions.assertGreen;
import static dev.slipway.sandbox.RegistryServer.PASSWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ActionImage;
import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.RunnerContract;
import dev.slipway.container.StepResult;
import dev.slipway.container.StepRunner;
import dev.slipway.registry.archive.Sha256;
import dev.slipway.sandbox.SampleImages.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// System S1 by the image, started as a runner starts it.
@Tag("container")
class BackstageContainerIT extends BackstageContract {
  /// Who owns a workspace on a runner that does not run as root.
  private static final int RUNNER = 1001;

  @Override
  StepRunner runner(JobFolders folders) {
    return new RunnerContract(ActionImage.underTest(), folders);
  }

  @Override
  Path work(Path temporary) {
    return temporary.resolve("wörk → 🚢");
  }

  @Test
  void takesNamesInUnicode() throws Exception {
    Sample image = deliver(samples().ociArchive());
    Path workspace = sandbox().folders().workspace();
    Files.move(workspace.resolve("backstage.tar"), workspace.resolve("büld → 🚢.tar"));
    Files.writeString(workspace.resolve("geheim-é.yaml"), "a: ü\n");

    StepResult result =
        run(
            sandbox()
                .step()
                .withVariable("INPUT_IMAGE", "büld → 🚢.tar")
                .withVariable("INPUT_GITOPS-BOOTSTRAP", "apps/é/werte-ü.yaml: geheim-é.yaml"));

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("digest", image.digest().orElseThrow().value());
    String branch = sandbox().gitOps().pullRequests().getFirst().headBranch();
    assertThat(sandbox().gitOps().fileAt(branch, "apps/é/werte-ü.yaml")).contains("a: ü\n");
  }

  /// Whatever an earlier step has written to `GITHUB_ENV`.
  @Test
  void isNotLedAstrayByTheEnvironment() throws Exception {
    Sample image = deliver(samples().ociArchive());
    ContainerStep step = sandbox().step();
    for (String variable :
        List.of(
            "AWS_ENDPOINT_URL=http://127.0.0.1:9",
            "AWS_ENDPOINT_URL_ECR=http://127.0.0.1:9",
            "AWS_ENDPOINT_URL_STS=http://127.0.0.1:9",
            "AWS_PROFILE=other",
            "AWS_CONFIG_FILE=/github/workspace/aws",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:9",
            "AWS_USE_FIPS_ENDPOINT=true",
            "http_proxy=http://127.0.0.1:9",
            "HTTPS_PROXY=http://127.0.0.1:9",
            "ALL_PROXY=socks5://127.0.0.1:9",
            "JAVA_TOOL_OPTIONS=-Djdk.http.auth.tunneling.disabledSchemes= -XX:NoSuchOption",
            "JDK_JAVA_OPTIONS=-version",
            "CLASSPATH=/github/workspace/other.jar",
            "LD_PRELOAD=/github/workspace/other.so",
            "SSL_CERT_FILE=/github/workspace/other.pem",
            "JAVA_HOME=/github/workspace",
            "PATH=/github/workspace")) {
      step = step.withVariable(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }

    StepResult result = run(step);

    assertGreen(result);
    assertThat(result.outputs()).containsEntry("digest", image.digest().orElseThrow().value());
    assertThat(result.shown()).contains("AWS_ENDPOINT_URL");
  }

  @Test
  void pushesAnImageOfTheEngineThatTheRunnerMounts() throws Exception {
    docker("load", "--input", samples().dockerArchive().path().toString());

    StepResult result =
        run(sandbox().step().withVariable("INPUT_IMAGE", "docker-daemon:acme/sample:latest"));

    assertGreen(result);
    assertThat(digestInRegistry(result.outputs().get("tag")))
        .isEqualTo(result.outputs().get("digest"));
  }

  /// The action's own image, for it is at hand and can be run.
  @Test
  void pushesAnImageThatAnEnginePullsAndRuns() throws Exception {
    String own = ActionImage.underTest().name();
    StepResult result = run(sandbox().step().withVariable("INPUT_IMAGE", "docker-daemon:" + own));
    assertGreen(result);
    String pushed = result.outputs().get("image");

    // A configuration of its own, so that no login is left behind.
    String config = "--config=" + sandbox().folders().temp().resolve("docker");
    String host = sandbox().registry().host();
    docker(config, "login", "--username=AWS", "--password=" + PASSWORD, host);
    docker(config, "pull", pushed);

    assertThat(idOf(pushed)).isEqualTo(idOf(own));
    assertThat(docker("run", "--rm", "--entrypoint=/opt/slipway/bin/java", pushed, "--version"))
        .startsWith("openjdk 25");
    docker("image", "rm", pushed);
  }

  @Test
  void pushesAnImageThatSkopeoCopiesBack() throws Exception {
    deliver(samples().ociArchive());
    StepResult result = run(sandbox().step());
    assertGreen(result);
    Path copy = sandbox().folders().temp().resolve("copy");

    Process skopeo =
        new ProcessBuilder(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "--src-creds=AWS:" + PASSWORD,
                "docker://" + result.outputs().get("image"),
                "dir:" + copy)
            .redirectErrorStream(true)
            .start();
    String log = new String(skopeo.getInputStream().readAllBytes(), UTF_8);

    assertThat(skopeo.waitFor()).as(log).isZero();
    assertThat(Sha256.of(Files.readAllBytes(copy.resolve("manifest.json"))))
        .hasToString(result.outputs().get("digest"));
  }

  @Test
  void leavesNothingOfRootsInTheWorkspace() throws Exception {
    deliver(samples().dockerArchive());
    sandbox().folders().giveTo(RUNNER);

    StepResult result = run(sandbox().step());

    assertGreen(result);
    try (Stream<Path> files = Files.walk(sandbox().folders().workspace())) {
      assertThat(files)
          .allSatisfy(file -> assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(RUNNER));
    }
  }

  private static String idOf(String image) {
    return docker("image", "inspect", "--format={{.Id}}", image);
  }
}
