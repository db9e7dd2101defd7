package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds what SECURITY.md says of how this project itself is built.
class SupplyChainTest {
  @Test
  void everyActionIsPinnedToACommit() {
    assertThat(workflows().flatMap(text -> text.lines().filter(line -> line.contains("uses:"))))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches(".*uses: \\S+@[0-9a-f]{40} # v\\d+\\S*"));
  }

  @Test
  void noWorkflowHasAPermissionThatItsJobsDoNotAskFor() {
    assertThat(workflows()).allSatisfy(text -> assertThat(text).contains("\npermissions: {}\n"));
    assertThat(workflows()).noneMatch(text -> text.contains("pull_request_target"));
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

  private static Stream<String> workflows() {
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
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
