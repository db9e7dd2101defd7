package dev.slipway.runner.input;

import dev.slipway.delivery.TokenShapes;
import dev.slipway.runner.SecretForms;
import java.util.List;
import java.util.Optional;

/// The input `ssm-script`, which must hold no secret: AWS keeps it for 30 days for whoever may list
/// commands, and every machine has it in a file.
final class ScriptText {
  // Shorter ones are words that a script may well hold.
  private static final int SHORTEST_SECRET = 8;
  // All of a request to Systems Manager, with room for what goes around the script.
  private static final int LONGEST = 48 * 1024;
  private static final String WAY_OUT =
      "Let the machine fetch it itself, from SSM Parameter Store with its instance profile, say;"
          + " and change the secret if it was sent before.";

  private final InputTexts inputs;
  private final List<String> secrets;

  /// @param secrets every one that this run knows
  ScriptText(InputTexts inputs, List<String> secrets) {
    this.inputs = inputs;
    this.secrets = secrets;
  }

  /// With line feeds between its lines. Empty, with problems, when something is wrong.
  Optional<String> read() {
    Optional<String> given = inputs.text(Input.SSM_SCRIPT);
    if (given.isEmpty()) {
      inputs.missing(
          Input.SSM_SCRIPT,
          "`ssm-targets` is set, and nothing says what runs there",
          "Write a script, such as `ssm-script: ./deploy.sh`.");
    }
    return given.map(text -> text.replace("\r\n", "\n")).filter(this::isUsable);
  }

  private boolean isUsable(String text) {
    if (secrets.stream().anyMatch(secret -> holds(text, secret))) {
      secret("it holds a token, password or key of this step");
      return false;
    }
    Optional<String> shape = TokenShapes.find(text);
    if (shape.isPresent()) {
      secret("it holds what looks like a token or key: " + shape.get());
      return false;
    }
    if (text.chars().anyMatch(point -> point != '\n' && point != '\t' && point < ' ')) {
      cannotBe("it holds a control character", "Write it as plain text.");
      return false;
    }
    if (text.length() > LONGEST) {
      cannotBe(
          "it has %d characters, and Systems Manager takes %d".formatted(text.length(), LONGEST),
          "Keep the script on the machine, in a repository say, and call it.");
      return false;
    }
    return true;
  }

  private static boolean holds(String text, String secret) {
    return SecretForms.of(secret).stream()
        .filter(form -> form.length() >= SHORTEST_SECRET)
        .anyMatch(text::contains);
  }

  private void secret(String why) {
    cannotBe(
        why + ". AWS would keep it in the history of commands, and the machine in a file", WAY_OUT);
  }

  private void cannotBe(String why, String fix) {
    inputs.add("The input `ssm-script` cannot be used", why, fix);
  }
}
