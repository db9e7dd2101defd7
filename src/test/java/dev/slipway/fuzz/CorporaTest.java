package dev.slipway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.slipway.delivery.TrailersFuzz;
import dev.slipway.github.DeploymentPayloadFuzz;
import dev.slipway.registry.archive.ImageDocumentsFuzz;
import dev.slipway.registry.archive.TarFuzz;
import dev.slipway.registry.deflate.FastDeflateFuzz;
import dev.slipway.runner.input.StepEnvironmentFuzz;
import dev.slipway.runner.report.HostileTextFuzz;
import dev.slipway.values.ValuesFileFuzz;
import dev.slipway.version.CommitsFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every input that `test-fixtures/fuzz` keeps, handed to its target as the fuzzer would do it, but
/// without the fuzzer: what was found once stays fixed.
class CorporaTest {
  private static final Path CORPORA = Path.of("test-fixtures/fuzz");
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /// The class with the same name and `Fuzz` at its end.
  enum Target {
    COMMITS,
    DEPLOYMENT_PAYLOAD,
    FAST_DEFLATE,
    HOSTILE_TEXT,
    IMAGE_DOCUMENTS,
    REFERENCES,
    STEP_ENVIRONMENT,
    TAR,
    TRAILERS,
    VALUES_FILE;

    /// The name of its folder.
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void attempt(byte[] input) throws Exception {
      switch (this) {
        case COMMITS -> CommitsFuzz.fuzzerTestOneInput(input);
        case DEPLOYMENT_PAYLOAD -> DeploymentPayloadFuzz.fuzzerTestOneInput(input);
        case FAST_DEFLATE -> FastDeflateFuzz.fuzzerTestOneInput(input);
        case HOSTILE_TEXT -> HostileTextFuzz.fuzzerTestOneInput(input);
        case IMAGE_DOCUMENTS -> ImageDocumentsFuzz.fuzzerTestOneInput(input);
        case REFERENCES -> ReferencesFuzz.fuzzerTestOneInput(input);
        case STEP_ENVIRONMENT -> StepEnvironmentFuzz.fuzzerTestOneInput(input);
        case TAR -> TarFuzz.fuzzerTestOneInput(input);
        case TRAILERS -> TrailersFuzz.fuzzerTestOneInput(input);
        case VALUES_FILE -> ValuesFileFuzz.fuzzerTestOneInput(input);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsForEveryInput(Target target) throws IOException {
    List<Path> inputs = filesIn(CORPORA.resolve(target.text()));

    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      byte[] bytes = Files.readAllBytes(input);
      assertThatCode(() -> assertTimeout(LONGEST, () -> target.attempt(bytes)))
          .as("%s", input)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsForNothing(Target target) {
    assertThatCode(() -> target.attempt(new byte[0])).doesNotThrowAnyException();
  }

  @Test
  void knowsEveryTarget() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
      assertThat(sources.map(source -> source.getFileName().toString()))
          .filteredOn(name -> name.endsWith("Fuzz.java"))
          .map(name -> name.replace("Fuzz.java", "").toUpperCase(Locale.ROOT))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Target.values())
                  .map(target -> target.name().replace("_", ""))
                  .toList());
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
