package dev.slipway.ssm;

import dev.slipway.aws.AwsAccess;
import dev.slipway.aws.JsonApi;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RemoteScripts;
import dev.slipway.delivery.Rollout;
import dev.slipway.delivery.Ticker;
import java.net.URI;
import java.util.Optional;
import java.util.SortedMap;

/// Machines that Systems Manager runs a script on, by its Run Command.
public final class SsmRemoteScripts implements RemoteScripts {
  private final AwsAccess aws;
  private final Surroundings surroundings;

  public SsmRemoteScripts(AwsAccess aws, Surroundings surroundings) {
    this.aws = aws;
    this.surroundings = surroundings;
  }

  /// The run that waits.
  ///
  /// @param progress hears how the wait goes, and what the machines print
  /// @param run its page, shown at its commands
  /// @param ticker its time
  public record Surroundings(Progress progress, URI run, Ticker ticker) {}

  @Override
  public Script look(Inputs.RemoteScript wanted) {
    return new Script(wanted, new Nodes(api(), wanted.targets()).find());
  }

  @Override
  public Rollout run(Script script, SortedMap<String, String> variables) {
    SsmApi api = api();
    Command command = Command.of(script, variables, surroundings.run());
    String id = new Sending(api, command).send();
    surroundings.progress().scriptSent(id);
    CommandWait wait =
        new CommandWait(api, new CommandWait.Sent(id, script), surroundings.progress());
    try (EmergencyBrake _ = EmergencyBrake.armed(wait::abandon)) {
      wait.await();
    }
    return new Rollout.ScriptRan(id, script.machines());
  }

  private SsmApi api() {
    return new SsmApi(
        new JsonApi(aws, aws.region(Optional.empty()), SsmApi.NAME),
        aws.region(Optional.empty()).id(),
        surroundings.ticker());
  }
}
