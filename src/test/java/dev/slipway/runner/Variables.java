package dev.slipway.runner;

import dev.slipway.runner.input.Input;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// An environment made up for a test.
public final class Variables implements Environment {
  private final Map<String, String> values = new HashMap<>();

  /// With what every run has, and nothing else.
  public static Variables ofRun() {
    return new Variables()
        .with("GITHUB_REPOSITORY", "acme/shop")
        .with("GITHUB_EVENT_NAME", "push")
        .with("GITHUB_SHA", "1111111111111111111111111111111111111111")
        .with("GITHUB_REF", "refs/heads/main")
        .with("GITHUB_REF_NAME", "main")
        .with("GITHUB_ACTOR", "octocat")
        .with("GITHUB_RUN_ID", "42")
        .with("GITHUB_RUN_NUMBER", "7");
  }

  public Variables with(String name, String value) {
    values.put(name, value);
    return this;
  }

  public Variables with(Input input, String value) {
    return with(input.variable(), value);
  }

  public Variables inWorkspace(Path workspace) {
    return with("GITHUB_WORKSPACE", workspace.toString());
  }

  @Override
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
