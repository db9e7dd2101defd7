package dev.slipway.ssm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.aws.Json;
import dev.slipway.delivery.RemoteScripts.Machine;
import dev.slipway.delivery.RemoteScripts.Script;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/// A command for Systems Manager, not sent yet.
///
/// @param comment unlike that of any other command, so that it can be found again
record Command(String comment, List<Machine> machines, List<String> lines, long seconds) {
  /// Runs the lines of a shell script.
  static final String DOCUMENT = "AWS-RunShellScript";

  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html
  private static final int LONGEST_COMMENT = 100;
  // The machine ends the script itself a moment before Systems Manager would, and can still say
  // what it printed.
  private static final int MOMENT = 30;

  /// @param run this run's page
  static Command of(Script script, SortedMap<String, String> variables, URI run) {
    String unique = UUID.randomUUID().toString().substring(0, 8);
    String comment = "Slipway %s %s".formatted(unique, run);
    return new Command(
        comment.substring(0, Math.min(comment.length(), LONGEST_COMMENT)),
        script.machines(),
        new ShellScript(script.wanted(), variables).lines(),
        script.wanted().limit().toSeconds());
  }

  /// SendCommand's body. One machine after the other, and none after the first that fails: a script
  /// that breaks one machine must not break the next.
  ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("DocumentName", DOCUMENT)
        .put("Comment", comment)
        .put("TimeoutSeconds", seconds)
        .put("MaxConcurrency", "1")
        .put("MaxErrors", "0");
    ArrayNode ids = body.putArray("InstanceIds");
    machines.forEach(machine -> ids.add(machine.id()));
    ObjectNode parameters = body.putObject("Parameters");
    ArrayNode commands = parameters.putArray("commands");
    lines.forEach(commands::add);
    parameters.putArray("executionTimeout").add(String.valueOf(seconds + MOMENT));
    return body;
  }
}
