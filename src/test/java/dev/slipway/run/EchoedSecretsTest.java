package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.run.CompanyNetwork.Server;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.Echo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole runs, with debug logging, in which one server quotes its request back, login and all, or
/// sends it on to another one: no secret is shown to anybody.
class EchoedSecretsTest {
  @TempDir private Path folder;

  static Stream<Arguments> answers() {
    return Stream.of(Server.values())
        .flatMap(
            server -> Arrays.stream(Echo.Answer.values()).map(how -> Arguments.of(server, how)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void endRedWithoutShowingASecretToAnybody(Server server, Echo.Answer how) throws IOException {
    try (CompanyNetwork network = new CompanyNetwork(folder);
        Echo thief = Echo.answering(Echo.Answer.NONSENSE, URI.create("http://localhost"));
        Echo echo = Echo.answering(how, thief.uri("localhost"))) {
      StepResult result =
          new ProcessRunner(network.sandbox().folders())
              .run(network.step(Map.of(server, echo.uri())).withVariable("RUNNER_DEBUG", "1"));

      assertThat(result.exitCode()).as("%s", result.log()).isOne();
      assertThat(echo.heard()).as("somebody came").isNotEmpty();
      // A registry may keep its blobs elsewhere, and is followed there as nobody in particular.
      assertThat(server == Server.REGISTRY ? "" : thief.heard()).isEmpty();
      assertThat(thief.heard()).doesNotContainIgnoringCase("Authorization:");
      Canaries.assertAbsentFrom(thief.heard());
      Canaries.assertAbsentFrom(shown(result));
      Canaries.assertAbsentFrom(result.outputs() + result.summary());
      Canaries.assertAbsentFrom(network.sandbox().gitHub().writes().toString());
    }
  }

  /// The whole log. A mask is a message to the runner, which does not show it.
  private static String shown(StepResult result) {
    return result.log().stream()
        .filter(line -> !line.startsWith("::add-mask::"))
        .collect(Collectors.joining("\n"));
  }
}
