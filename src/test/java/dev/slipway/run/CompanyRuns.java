package dev.slipway.run;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.run.CompanyNetwork.Certificate;
import dev.slipway.run.CompanyNetwork.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// A process of its own that runs the step of [CompanyNetwork] many times, because whom to trust is
/// settled once for a whole process. Prints a line for each run: its name, its exit code, its
/// errors.
final class CompanyRuns {
  private CompanyRuns() {}

  /// Does all runs.
  ///
  /// @param arguments a new folder, and whether the authority's certificate is given to the step
  public static void main(String[] arguments) throws IOException {
    try (CompanyNetwork network = new CompanyNetwork(Path.of(arguments[0]))) {
      if (arguments[1].equals("trusting")) {
        run(network, "ECR", network.step(Server.BESIDE_ECR, Certificate.GOOD), true);
        run(network, "registry", network.step(Server.BESIDE_A_REGISTRY, Certificate.GOOD), true);
        for (Server server : Server.values()) {
          for (Certificate bad : Set.of(Certificate.OF_ANOTHER_HOST, Certificate.EXPIRED)) {
            run(network, server + " " + bad, network.step(Set.of(server), bad), true);
          }
        }
      } else {
        for (Server server : Server.values()) {
          run(network, server.name(), network.step(Set.of(server), Certificate.GOOD), false);
        }
        run(network, "SOURCE", network.copying(), false);
      }
    }
    // Servers that were not told to stop have threads.
    System.exit(0);
  }

  private static void run(
      CompanyNetwork network, String name, ContainerStep step, boolean trusting) {
    StepResult result =
        new ProcessRunner(network.sandbox().folders())
            .run(trusting ? step.withVariable("INPUT_CA-CERTIFICATES", "company.pem") : step);
    System.out.printf(
        "%s\t%d\t%s%n",
        name,
        result.exitCode(),
        String.join(
            " ", result.log().stream().filter(line -> line.startsWith("::error ")).toList()));
  }
}
