package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.RemoteScript;
import dev.slipway.delivery.InstanceSelector;
import dev.slipway.delivery.OnSuperseded;
import dev.slipway.runner.Environment;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// The inputs that say which script runs on which machines.
final class SsmInputs {
  // As useradd takes them, and nothing that a shell could read as more than a name.
  private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");

  private final InputTexts inputs;
  private final Environment environment;

  SsmInputs(InputTexts inputs, Environment environment) {
    this.inputs = inputs;
    this.environment = environment;
  }

  /// Empty without `ssm-targets`, and, with problems, when something is wrong.
  ///
  /// @param limit of the wait
  Optional<RemoteScript> read(Duration limit) {
    if (!inputs.isGiven(Input.SSM_TARGETS)) {
      if (inputs.isGiven(Input.SSM_SCRIPT)) {
        inputs.missing(
            Input.SSM_TARGETS,
            "`ssm-script` is set, and nothing says where it runs",
            InstanceSelectorText.FORM);
      }
      return Optional.empty();
    }
    Optional<InstanceSelector> targets = new InstanceSelectorText(inputs).read();
    Optional<String> script = new ScriptText(inputs, SecretsAtStart.in(environment)).read();
    Optional<String> user =
        inputs.parsed(Input.SSM_RUN_AS, SsmInputs::user, "Write the name of a user, or `root`.");
    OnSuperseded onSuperseded = SupersededInput.read(inputs);
    return targets.flatMap(where ->
        script.flatMap(
            text -> user.map(name -> new RemoteScript(where, text, name, limit, onSuperseded))));
  }

  private static String user(String text) {
    if (!USER.matcher(text).matches()) {
      throw new IllegalArgumentException("it is not the name of a Linux user");
    }
    return text;
  }
}
