package dev.slipway.delivery;

import java.util.List;
import java.util.SortedMap;

/// Port: machines that run a script.
public interface RemoteScripts {
  /// Finds the machines, and makes sure that every one of them can be reached now. Changes nothing.
  ///
  /// @throws dev.slipway.problem.ActionException when there is none, or one cannot be reached
  Script look(Inputs.RemoteScript wanted);

  /// Runs the script on every machine, one after the other, and waits until all are done. What each
  /// of them printed is told to [Progress#printed].
  ///
  /// @param variables what the script finds in its environment
  /// @throws dev.slipway.problem.ActionException when it failed on one machine, or the time is over
  Rollout run(Script script, SortedMap<String, String> variables);

  /// A script and the machines that will run it.
  ///
  /// @param machines at least one
  record Script(Inputs.RemoteScript wanted, List<Machine> machines) {
    public Script {
      machines = List.copyOf(machines);
    }
  }

  /// A machine that answers.
  ///
  /// @param id e.g. `i-0123456789abcdef0`
  /// @param name its own; may be empty
  record Machine(String id, String name) {
    @Override
    public String toString() {
      return name.isEmpty() ? id : "%s (%s)".formatted(id, name);
    }
  }
}
