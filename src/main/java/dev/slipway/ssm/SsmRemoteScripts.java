package dev.slipway.ssm;

import dev.slipway.aws.AwsAccess;
import dev.slipway.aws.JsonApi;
import dev.slipway.delivery.Ending;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RemoteScripts;
import dev.slipway.delivery.Rollout;
import java.net.URI;
import java.util.Optional;
import java.util.SortedMap;

/// Machines that Systems Manager runs a script on, by its Run Command.
public final class SsmRemoteScripts implements RemoteScripts {
  private final AwsAccess aws;
  private final Progress progress;
  private final URI run;

  /// @param progress hears how the wait goes, and what the machines print
  /// @param run this run's page, shown at its commands
  public SsmRemoteScripts(AwsAccess aws, Progress progress, URI run) {
    this.aws = aws;
    this.progress = progress;
    this.run = run;
  }

  @Override
  public Script look(Inputs.RemoteScript wanted) {
    return new Script(wanted, new Nodes(api(), wanted.targets()).find());
  }

  @Override
  public Rollout run(Script script, SortedMap<String, String> variables) {
    SsmApi api = api();
    Command command = Command.of(script, variables, run);
    String id = new Sending(api, command).send();
    progress.scriptSent(id);
    CommandWait wait = new CommandWait(api, new CommandWait.Sent(id, script), progress);
    // Whoever cancels the step does not want the script to go on.
    try (Ending.Brake _ = aws.pace().ending().armed(wait::abandon)) {
      wait.await();
    }
    return new Rollout.ScriptRan(id, script.machines());
  }

  private SsmApi api() {
    return new SsmApi(
        aws,
        new JsonApi(aws, aws.region(Optional.empty()), SsmApi.NAME),
        aws.region(Optional.empty()).id());
  }
}
