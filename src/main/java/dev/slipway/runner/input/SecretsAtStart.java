package dev.slipway.runner.input;

import dev.slipway.runner.Environment;
import dev.slipway.runner.proxy.ProxySettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The secrets that the environment holds when the process starts, read before any input is
/// checked.
public final class SecretsAtStart {
  private static final List<String> VARIABLES =
      List.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
          "ACTIONS_RUNTIME_TOKEN");

  private SecretsAtStart() {}

  public static List<String> in(Environment environment) {
    Stream<String> inputs =
        Arrays.stream(Input.values()).filter(Input::isSecret).map(Input::variable);
    Set<String> proxyPasswords = ProxySettings.from(environment).secrets();
    return Stream.concat(
            Stream.concat(inputs, VARIABLES.stream())
                .flatMap(name -> environment.text(name).stream()),
            proxyPasswords.stream())
        .toList();
  }
}
