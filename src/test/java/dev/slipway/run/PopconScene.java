package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.StepResult;
import dev.slipway.sandbox.FakeMachine;
import dev.slipway.sandbox.FakeMachine.State;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// System S4 over many runs: a machine that runs the repository's script.
final class PopconScene extends AwsScene {
  static final String MACHINE = "i-0123456789abcdef0";

  PopconScene(Path folder) {
    super(ReplacedSystem.POPCON, folder, new Built("backend.tar", "dev-app"));
    machine().tag("Name", "popcon");
  }

  FakeMachine machine() {
    return cloud().ssm().machine(MACHINE);
  }

  /// Delivers a version that does not come up.
  StepResult deliverBroken(String version, String onFailure) throws IOException {
    machine().finishes(State.ended(1, "it does not start\n"));
    StepResult result = deliver(version, onFailure);
    machine().finishes(State.ended(0, "done\n"));
    assertThat(result.exitCode()).isOne();
    return result;
  }

  @Override
  void assertRolledBack(StepResult result, StepResult from, StepResult to) {
    super.assertRolledBack(result, from, to);
    String command = result.outputs().get("ssm-command-id");
    assertThat(
            cloud().ssm().commands().stream()
                .filter(each -> each.id().equals(command))
                .findFirst()
                .orElseThrow()
                .script())
        .contains(variables(to));
  }

  /// The last script runs with what was delivered.
  void assertScriptGot(StepResult delivered) {
    assertThat(cloud().ssm().commands().getLast().script()).contains(variables(delivered));
  }

  private static List<String> variables(StepResult delivered) {
    return List.of(
        "export COMMIT_SHA='" + tag(delivered).replace("backend-", ""),
        "export IMAGE='" + delivered.outputs().get("image") + "'\n",
        "export IMAGE_TAG='" + tag(delivered) + "'\n",
        "export IMAGE_DIGEST='" + digest(delivered) + "'\n",
        "\n./deploy.sh\n");
  }
}
