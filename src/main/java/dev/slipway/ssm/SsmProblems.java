package dev.slipway.ssm;

import dev.slipway.aws.AwsProblems;
import dev.slipway.delivery.InstanceSelector;
import dev.slipway.delivery.RemoteScripts.Machine;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import software.amazon.awssdk.core.exception.SdkException;

/// What goes wrong before a machine has the script, why, and how to fix it.
final class SsmProblems {
  private static final String AGENT =
      "that its SSM agent runs, that its instance profile has AmazonSSMManagedInstanceCore, and that"
          + " it reaches Systems Manager's endpoints";

  private SsmProblems() {}

  static ActionException notDescribed(SdkException failure, InstanceSelector wanted) {
    return AwsProblems.of(
        failure,
        "The machines for `%s` cannot be looked up".formatted(wanted),
        "ssm:DescribeInstanceInformation on `*`");
  }

  static Problem noMatch(InstanceSelector wanted, String region) {
    return new Problem(
        "No machine matches `%s`".formatted(wanted),
        "Systems Manager manages none with it in %s".formatted(region),
        "compare the tag's key and value letter by letter, and `aws-region`; check that the machine"
            + " is running, "
            + AGENT);
  }

  static Problem notManaged(String id, String region) {
    return new Problem(
        "Systems Manager does not know the machine %s".formatted(id),
        "it manages none of that id in %s".formatted(region),
        "correct `ssm-targets` or `aws-region`; check that the machine is running, " + AGENT);
  }

  static Problem offline(Machine machine, String ping, String last) {
    return new Problem(
        "The machine %s cannot be reached".formatted(machine),
        "Systems Manager says %s; it last answered at %s"
            .formatted(ping.isEmpty() ? "nothing of its connection" : ping, last),
        "start it, and check "
            + AGENT
            + "; or take it out of `ssm-targets` (the tag, or the id) if it is not meant");
  }

  static Problem windows(Machine machine) {
    return new Problem(
        "The machine %s runs Windows".formatted(machine),
        "`ssm-script` is a shell script, and Windows has no such shell",
        "let `ssm-targets` name machines with Linux");
  }

  static Problem tooMany(InstanceSelector wanted, int found, int most) {
    return new Problem(
        "`%s` matches %d machines".formatted(wanted, found),
        "one command takes %d at the most".formatted(most),
        "name fewer in `ssm-targets`, e.g. by one more tag, and use a step for each group");
  }

  static ActionException notSent(SdkException failure) {
    String what = "The script was not sent";
    return switch (AwsProblems.code(failure)) {
      case "InvalidInstanceId" ->
          new ActionException(
              what,
              "a machine stopped, or lost its connection, a moment ago",
              "start it, and check " + AGENT + "; then run the job again");
      case "InvalidDocument", "InvalidParameters", "MaxDocumentSizeExceeded" ->
          new ActionException(
              what,
              "Systems Manager does not take it: "
                  + Texts.line(String.valueOf(failure.getMessage())),
              "make `ssm-script` shorter: let it run a script that is on the machine");
      default ->
          AwsProblems.of(
              failure,
              what,
              "ssm:SendCommand on the document %s and on each machine".formatted(Command.DOCUMENT));
    };
  }

  static ActionException strangeAnswer() {
    return new ActionException(
        "Whether the script was sent is not known",
        "the answer to SendCommand has no command id",
        "check `aws-endpoint-url`, and look at Run Command's history in the AWS console");
  }

  static ActionException unknownWhetherSent(SdkException failure) {
    return AwsProblems.of(
        failure,
        "Whether the script was sent is not known: AWS did not answer, and its commands cannot be"
            + " listed",
        "ssm:ListCommands on `*`");
  }

  static ActionException blind(SdkException failure, String command) {
    return AwsProblems.of(
        failure,
        "How the script ended is not known (command %s)".formatted(command),
        "ssm:ListCommandInvocations, ssm:ListCommands and ssm:GetCommandInvocation on `*`");
  }
}
