package dev.slipway.ssm;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What went wrong on the machines, one problem for each.
record CommandFailures(CommandWait.Sent sent, List<Errand> errands) {
  private static final int LINES = 10;
  // What `timeout` says when it ended a program, and what Systems Manager says of one it killed.
  private static final int TIMED_OUT = 124;
  private static final int KILLED = 137;
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-reboot.html
  private static final int REBOOT = 194;

  /// @throws ActionException when one of them failed
  void throwIfAny() {
    List<Problem> problems = failed();
    heldBack().ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new ActionException(problems);
    }
  }

  /// Whether every machine is done, and well.
  boolean isEmpty() {
    return errands.stream().allMatch(CommandFailures::isGood);
  }

  /// The time is over.
  ///
  /// @param told whether AWS has taken the cancellation
  ActionException late(boolean told) {
    String states =
        errands.stream()
            .filter(errand -> !isGood(errand))
            .map(errand -> "%s: %s".formatted(errand.machine(), state(errand)))
            .collect(Collectors.joining("; "));
    return new ActionException(
        "The script was not done within %d minutes"
            .formatted(sent.script().wanted().limit().toMinutes()),
        states,
        "raise `timeout` if the script only needs longer; "
            + (told
                ? "AWS was told to cancel the command, and may not have reached the machine"
                : "the command could not be cancelled, for which ssm:CancelCommand on `*` is needed,"
                    + " and may go on")
            + ". The command is "
            + sent.id());
  }

  private static boolean isGood(Errand errand) {
    return errand.result().map(Result::isGood).orElse(false);
  }

  private static String state(Errand errand) {
    return errand.seen().map(Invocation::sentence).orElse("was not to be seen");
  }

  private List<Problem> failed() {
    List<Problem> problems = new ArrayList<>();
    for (Errand errand : errands) {
      Result result = errand.result().orElseThrow();
      if (!result.isGood() && !result.invocation().wasHeldBack()) {
        problems.add(problem(errand, result));
      }
    }
    return problems;
  }

  private Optional<Problem> heldBack() {
    String machines =
        errands.stream()
            .filter(errand -> errand.result().orElseThrow().invocation().wasHeldBack())
            .map(errand -> errand.machine().toString())
            .collect(Collectors.joining(", "));
    return machines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "The script was not begun on " + machines,
                "one machine runs it after the other, and none after the first that fails",
                "see to the one that failed, and run the job again"));
  }

  private Problem problem(Errand errand, Result result) {
    List<String> last = Texts.last(LINES, result.output());
    String why = last.isEmpty() ? reason(result) : reason(result) + ". Its last lines:";
    return new Problem(
        "The script failed on " + errand.machine(),
        String.join("\n", concat(why, last)),
        fix(result));
  }

  private static List<String> concat(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  private String reason(Result result) {
    Invocation end = result.invocation();
    if (result.exitCode() == TIMED_OUT) {
      return "it ended with exit code 124: it was stopped after %d minutes"
          .formatted(sent.script().wanted().limit().toMinutes());
    }
    if (result.exitCode() > 0) {
      return "it ended with exit code " + result.exitCode();
    }
    return switch (end.status()) {
      case SUCCESS -> "Systems Manager calls it a success, but does not show that it ran";
      case PENDING, IN_PROGRESS, DELAYED, CANCELLING, CANCELLED, TIMED_OUT, FAILED, OTHER ->
          end.sentence();
    };
  }

  private String fix(Result result) {
    String command = "The command is " + sent.id();
    return switch (result.exitCode()) {
      case TIMED_OUT, KILLED ->
          "find out what it waited for, or raise `timeout`; the output is in the log above. "
              + command;
      case REBOOT ->
          "exit code 194 asks Systems Manager to restart the machine and to run the script again;"
              + " end with another code where that is not meant. "
              + command;
      case -1 ->
          "look at the machine and its SSM agent (`/var/log/amazon/ssm`), then run the job again. "
              + command;
      default ->
          "correct the script or the machine; the output is in the log above. A new run begins the"
              + " script anew. "
              + command;
    };
  }
}
