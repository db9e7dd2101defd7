package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Secret;
import dev.slipway.runner.Variables;
import dev.slipway.runner.input.Input;
import dev.slipway.runner.report.RunnerCommandParser.Command;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tests that secrets are hidden before anything is printed.
class ConsoleTest {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void masksEverySecretOfTheEnvironmentFirst() {
    Variables environment =
        Variables.ofRun()
            .with(Input.GITHUB_TOKEN, "ghs_secret1")
            .with(Input.GITOPS_TOKEN, "ghp_secret2")
            .with(Input.REGISTRY_PASSWORD, "secret3\n")
            .with("AWS_ACCESS_KEY_ID", "AKIAsecret4")
            .with("AWS_SECRET_ACCESS_KEY", "secret5")
            .with("AWS_SESSION_TOKEN", "secret6")
            .with("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "secret7")
            .with("HTTPS_PROXY", "http://user:s%65cret8@proxy:3128");

    Console console = Console.on(log, environment);
    console
        .out()
        .println("ghs_secret1 ghp_secret2 secret3 AKIAsecret4 secret5 secret6 secret7 secret8");

    List<Command> commands = RunnerCommandParser.commands(log());
    assertThat(commands).extracting(Command::name).containsOnly("add-mask");
    assertThat(commands)
        .extracting(Command::data)
        .contains(
            "ghs_secret1",
            "ghp_secret2",
            "secret3",
            "AKIAsecret4",
            "secret5",
            "secret6",
            "secret7",
            "s%65cret8",
            "secret8");
    assertThat(RunnerCommandParser.texts(log())).containsExactly("*** *** *** *** *** *** *** ***");
  }

  @Test
  void hidesASecretLearntLater() {
    Console console = Console.on(log, Variables.ofRun());

    console.hide(new Secret("registry-token"));
    console.out().println("Bearer registry-token");

    assertThat(log()).isEqualTo("::add-mask::registry-token\nBearer ***\n");
  }

  @Test
  void masksNoEmptyAndNoTinyText() {
    Variables environment =
        Variables.ofRun().with(Input.GITOPS_TOKEN, "").with(Input.REGISTRY_PASSWORD, "app");

    Console.on(log, environment).out().println("the app");

    assertThat(log()).isEqualTo("the app\n");
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
