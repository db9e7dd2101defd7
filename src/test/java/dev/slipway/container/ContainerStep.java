package dev.slipway.container;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One step that uses a container action: the variables of its environment, and what `action.yml`
/// says of its entrypoint.
///
/// @param environment `INPUT_*`, the contexts' `GITHUB_*` and `RUNNER_*`, and everything of `env:`
///   and of earlier steps; paths are those of the machine
/// @param entrypoint the entrypoint of `action.yml`; empty: the image's
/// @param arguments what follows the entrypoint
/// @param options further options of `docker run`, which no runner gives
public record ContainerStep(
    Map<String, String> environment,
    Optional<String> entrypoint,
    List<String> arguments,
    List<String> options) {
  /// A step with this environment that runs the image as it is.
  public static ContainerStep with(Map<String, String> environment) {
    return new ContainerStep(environment, Optional.empty(), List.of(), List.of());
  }

  public ContainerStep {
    environment = Map.copyOf(environment);
    arguments = List.copyOf(arguments);
    options = List.copyOf(options);
  }

  /// The same step with one more variable.
  public ContainerStep withVariable(String name, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new ContainerStep(more, entrypoint, arguments, options);
  }

  /// The same step with another command than the image's.
  public ContainerStep withCommand(List<String> command) {
    return new ContainerStep(
        environment, Optional.of(command.getFirst()), command.subList(1, command.size()), options);
  }

  /// The same step with further options of `docker run`.
  public ContainerStep withOptions(String... more) {
    return new ContainerStep(environment, entrypoint, arguments, List.of(more));
  }
}
