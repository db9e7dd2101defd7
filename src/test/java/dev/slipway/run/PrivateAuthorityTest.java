package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JarRunner;
import dev.slipway.container.ShownLog;
import dev.slipway.container.StepResult;
import dev.slipway.run.CompanyNetwork.Certificate;
import dev.slipway.run.CompanyNetwork.Server;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.TunnelProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs against servers whose certificates a private authority has signed: every client
/// trusts it when it is told to, and none does otherwise.
class PrivateAuthorityTest {
  @TempDir private Path folder;

  @Test
  void nobodyTrustsItWithoutBeingToldTo() throws Exception {
    Map<String, String> runs = runs("doubting");

    assertThat(runs).containsKey("SOURCE").hasSize(Server.values().length + 1);
    assertThat(runs.values())
        .allSatisfy(run -> assertThat(run).startsWith("1\t").contains("`ca-certificates`"));
  }

  @Test
  void everyClientTrustsItAndChecksAllElse() throws Exception {
    Map<String, String> runs = runs("trusting");

    assertThat(runs).containsEntry("ECR", "0\t").containsEntry("registry", "0\t");
    for (Server server : Server.values()) {
      assertThat(runs.get(server + " OF_ANOTHER_HOST"))
          .startsWith("1\t")
          .containsIgnoringCase("its certificate is for another host");
      assertThat(runs.get(server + " EXPIRED"))
          .startsWith("1\t")
          .containsIgnoringCase("its certificate is out of date");
    }
  }

  @Test
  void everyClientTrustsItThroughAProxyWithALogin() throws Exception {
    try (CompanyNetwork network = new CompanyNetwork(folder)) {
      assertGreenThroughAProxy(network, Server.BESIDE_ECR);
      assertGreenThroughAProxy(network, Server.BESIDE_A_REGISTRY);
    }
  }

  /// Only the proxy knows the names.
  private static void assertGreenThroughAProxy(CompanyNetwork network, Set<Server> servers) {
    try (TunnelProxy proxy = TunnelProxy.start()) {
      ContainerStep step =
          network
              .step(servers, Certificate.GOOD)
              .withVariable("INPUT_CA-CERTIFICATES", "company.pem")
              .withVariable("HTTPS_PROXY", proxy.url());

      StepResult result = JarRunner.ofClasses(network.sandbox().folders()).run(step);

      assertThat(result.exitCode()).as("%s", result.log()).isZero();
      assertThat(proxy.hosts())
          .containsExactlyElementsOf(servers.stream().map(Server::host).sorted().toList());
      Canaries.assertAbsentFrom(proxy.heard().replace(TunnelProxy.LOGIN, ""));
      Canaries.assertAbsentFrom(String.join("\n", ShownLog.of(result.log())));
      assertThat(proxy.heard()).doesNotContain("\nAuthorization:");
      assertThat(network.heard()).contains("uthorization:").doesNotContain("Proxy-Auth");
      assertThat(network.heard()).doesNotContain(TunnelProxy.LOGIN);
    }
  }

  private Map<String, String> runs(String mood) throws IOException, InterruptedException {
    Path hosts = Files.writeString(folder.resolve("hosts"), CompanyNetwork.hosts());
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Djdk.net.hosts.file=" + hosts,
                    "-cp",
                    System.getProperty("java.class.path"),
                    CompanyRuns.class.getName(),
                    Files.createDirectory(folder.resolve("runs")).toString(),
                    mood))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    Map<String, String> runs = new LinkedHashMap<>();
    printed.lines().map(line -> line.split("\t", 2)).forEach(run -> runs.put(run[0], run[1]));
    return runs;
  }
}
