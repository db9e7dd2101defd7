package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Holds what SECURITY.md says of how this project itself is built.
class SupplyChainTest {
  private static final Path WORKFLOWS = Path.of(".github/workflows");

  @Test
  void everyActionIsPinnedToACommit() {
    assertThat(workflows().flatMap(text -> text.lines().filter(line -> line.contains("uses: "))))
        .isNotEmpty()
        .allSatisfy(line ->
            assertThat(line).matches(".*uses: (\\./|\\S+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+)"));
  }

  @Test
  void noWorkflowHasAPermissionThatItsJobsDoNotAskFor() {
    assertThat(workflows()).allSatisfy(text -> assertThat(text).contains("\npermissions: {}\n"));
    assertThat(jobs())
        .allSatisfy(job -> assertThat(job.get("permissions")).isInstanceOf(Map.class));
    assertThat(workflows()).noneMatch(text -> text.contains("pull_request_target"));
  }

  @Test
  void everyJobEndsByItself() {
    assertThat(jobs()).allSatisfy(job -> assertThat(job.get("timeout-minutes")).isNotNull());
  }

  @Test
  void noCheckoutKeepsItsCredentials() {
    assertThat(steps().filter(step -> uses(step).startsWith("actions/checkout@")))
        .isNotEmpty()
        .allSatisfy(
            step -> assertThat(step.get("with")).isEqualTo(Map.of("persist-credentials", false)));
  }

  /// What an expression stands for could be read by the shell; a variable is not.
  @Test
  void noScriptIsPutTogetherFromExpressions() {
    assertThat(steps().filter(step -> step.containsKey("run")))
        .isNotEmpty()
        .allSatisfy(step -> assertThat(String.valueOf(step.get("run"))).doesNotContain("${{"));
  }

  /// A cache is written by every branch, and what is released must not come from there.
  @Test
  void noReleaseIsMadeFromACache() {
    assertThat(read(WORKFLOWS.resolve("release.yml"))).doesNotContain("cache:", "actions/cache");
  }

  @Test
  void everyBaseImageIsPinnedToADigest() {
    List<String> pulled =
        read(Path.of("Dockerfile"))
            .lines()
            .filter(line -> line.startsWith("FROM ") && !line.startsWith("FROM ${"))
            .filter(line -> !line.equals("FROM scratch"))
            .toList();

    assertThat(pulled)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches("FROM \\S+@sha256:[0-9a-f]{64} AS \\w+"));
  }

  @Test
  void librariesComeFromMavenCentralOnly() {
    assertThat(read(Path.of("pom.xml"))).doesNotContain("<repository>", "<pluginRepository>");
    assertThat(read(Path.of(".mvn/maven.config")))
        .contains("--ignore-transitive-repositories", "--strict-checksums");
  }

  private static Stream<Map<?, ?>> steps() {
    return jobs()
        .flatMap(
            job -> job.get("steps") instanceof Collection<?> steps ? steps.stream() : Stream.of())
        .map(step -> (Map<?, ?>) step);
  }

  private static Stream<Map<?, ?>> jobs() {
    Load yaml = new Load(LoadSettings.builder().build());
    return workflows()
        .map(text -> (Map<?, ?>) ((Map<?, ?>) yaml.loadFromString(text)).get("jobs"))
        .flatMap(jobs -> jobs.values().stream())
        .map(job -> (Map<?, ?>) job);
  }

  private static String uses(Map<?, ?> step) {
    return String.valueOf(step.get("uses"));
  }

  private static Stream<String> workflows() {
    try (Stream<Path> files = Files.list(WORKFLOWS)) {
      return files.map(SupplyChainTest::read).toList().stream();
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
