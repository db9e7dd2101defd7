package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The workflows that people copy: each that leads back fits the one that delivers.
class RollbackWorkflowsTest {
  // The script may leave out what fetches the newest state.
  private static final Set<String> ITS_OWN = Set.of("operation", "rollback-to", "ssm-script");

  static Stream<Path> rollbacks() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("test-fixtures/workflows"))) {
      return files.filter(file -> file.toString().endsWith("-rollback.yml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rollbacks")
  void neverRunsBesideTheDeployment(Path rollback) throws IOException {
    assertThat(read(rollback).path("concurrency").toString())
        .isNotEmpty()
        .isEqualTo(read(deployment(rollback)).path("concurrency").toString());
  }

  @ParameterizedTest
  @MethodSource("rollbacks")
  void saysWhatTheDeploymentSays(Path rollback) throws IOException {
    JsonNode deployed = step(deployment(rollback));

    JsonNode back = step(rollback);

    assertThat(back.path("env")).isEqualTo(deployed.path("env"));
    assertThat(back.path("with").properties())
        .filteredOn(input -> !ITS_OWN.contains(input.getKey()))
        .isNotEmpty()
        .isSubsetOf(deployed.path("with").properties());
  }

  @ParameterizedTest
  @MethodSource("rollbacks")
  void readsTheLedgerThatTheDeploymentWrites(Path rollback) throws IOException {
    assertThat(environment(rollback)).isEqualTo(environment(deployment(rollback)));
    for (Path workflow : List.of(rollback, deployment(rollback))) {
      boolean notesWithTheJobsToken =
          !environment(workflow).isEmpty() && !step(workflow).path("with").has("github-token");
      assertThat(read(workflow).path("permissions").path("deployments").asText())
          .as("%s", workflow)
          .isEqualTo(notesWithTheJobsToken ? "write" : "");
    }
  }

  private static String environment(Path workflow) throws IOException {
    return step(workflow).path("with").path("deployment-environment").asText();
  }

  private static Path deployment(Path rollback) {
    return Path.of(rollback.toString().replace("-rollback", ""));
  }

  /// The step of ours.
  private static JsonNode step(Path workflow) throws IOException {
    return read(workflow)
        .path("jobs")
        .valueStream()
        .flatMap(job -> job.path("steps").valueStream())
        .filter(step -> step.path("uses").asText().startsWith("OWNER/slipway@"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode read(Path workflow) throws IOException {
    return new ObjectMapper()
        .valueToTree(
            new Load(LoadSettings.builder().build()).loadFromString(Files.readString(workflow)));
  }
}
