package dev.slipway.delivery;

import java.util.SortedMap;

/// Machines that nobody may speak to.
public final class NoMachines implements RemoteScripts {
  @Override
  public Script look(Inputs.RemoteScript wanted) {
    throw new AssertionError("no script is given");
  }

  @Override
  public Rollout run(Script script, SortedMap<String, String> variables) {
    throw new AssertionError("no script is given");
  }
}
