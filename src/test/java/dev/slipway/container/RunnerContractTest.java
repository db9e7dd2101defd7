package dev.slipway.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerContractTest {
  @TempDir private Path work;
  private JobFolders folders;
  private RunnerContract runner;

  @BeforeEach
  void layOutTheJob() {
    folders = JobFolders.in(work);
    runner = new RunnerContract(new ActionImage("slipway:test"), folders);
  }

  @Test
  void startsTheContainerAsTheRunnerDoes() {
    ContainerStep step = ContainerStep.with(Map.of());
    Map<String, String> environment = Map.of("INPUT_GITHUB-TOKEN", "secret");

    List<String> command = runner.command("slipway_0f0f0f", step, environment);

    assertThat(String.join(" ", command))
        .startsWith("docker run --name slipway_0f0f0f --label ")
        .contains(" --workdir /github/workspace --rm -e INPUT_GITHUB-TOKEN -e GITHUB_ACTIONS=true ")
        .contains("docker.sock:/var/run/docker.sock -v ")
        .endsWith(
            """
            -v %1$s/_temp:/github/runner_temp \
            -v %1$s/_temp/_github_home:/github/home \
            -v %1$s/_temp/_github_workflow:/github/workflow \
            -v %1$s/_temp/_runner_file_commands:/github/file_commands \
            -v %1$s/app/app:/github/workspace slipway:test\
            """
                .formatted(work));
  }

  @Test
  void namesVariablesWithoutTheirValues() {
    ContainerStep step = ContainerStep.with(Map.of());

    List<String> command = runner.command("x", step, Map.of("TOKEN", "secret", "CI", "yes"));

    assertThat(command)
        .containsSequence("-e", "TOKEN")
        .doesNotContain("CI=true")
        .noneMatch(argument -> argument.contains("secret"));
  }

  @Test
  void translatesAPathOnlyWhereItIsTheStartOfTheValue() {
    String workspace = folders.workspace().toString();

    assertThat(folders.translate(workspace)).isEqualTo("/github/workspace");
    assertThat(folders.translate(workspace + "/k8s")).isEqualTo("/github/workspace/k8s");
    assertThat(folders.translate(workspace + "-2")).isEqualTo(workspace + "-2");
    assertThat(folders.translate("oci:" + workspace)).isEqualTo("oci:" + workspace);
    assertThat(folders.translate(folders.fileCommands() + "/set_output_1"))
        .isEqualTo("/github/file_commands/set_output_1");
  }

  @Test
  void letsNoStepMoveTheFilesOfTheRunner() {
    ContainerStep step =
        ContainerStep.with(
            Map.of("GITHUB_OUTPUT", "/tmp/x", "HOME", "/root", "GITHUB_REPOSITORY", "acme/shop"));
    FileCommands fileCommands = new FileCommands(folders.fileCommands());

    Map<String, String> environment = runner.environment(step, fileCommands);

    assertThat(environment)
        .containsEntry("HOME", "/github/home")
        .containsEntry("GITHUB_REPOSITORY", "acme/shop")
        .containsEntry("RUNNER_TEMP", "/github/runner_temp")
        .hasEntrySatisfying(
            "GITHUB_OUTPUT", path -> assertThat(path).startsWith("/github/file_commands/"));
  }
}
