package dev.slipway.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.aws.AwsProblems;
import dev.slipway.aws.Json;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RemoteScripts.Script;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.ActionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/// The wait for a command. It asks about every machine: that the command as a whole succeeded says
/// nothing about one that it did not reach.
final class CommandWait {
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  // What was just written may not be read yet.
  private static final Duration CONSISTENT = Duration.ofMinutes(1);
  // For a machine to end the script itself and to say what it printed.
  private static final Duration COURTESY = Duration.ofMinutes(1);
  private static final Duration CANCELLING = Duration.ofSeconds(20);

  private final SsmApi api;
  private final Sent sent;
  private final Progress progress;
  private final List<Errand> errands;
  private final Ticker ticker;
  private final Duration start;
  private Duration pause = PAUSE;

  /// A command on its way.
  record Sent(String id, Script script) {
    @Override
    public String toString() {
      return "Run Command " + id;
    }
  }

  CommandWait(SsmApi api, Sent sent, Progress progress) {
    this.api = api;
    this.sent = sent;
    this.progress = progress;
    this.errands = sent.script().machines().stream().map(Errand::new).toList();
    this.ticker = api.ticker();
    this.start = ticker.elapsed();
  }

  /// Waits until every machine is done.
  ///
  /// @throws ActionException when the script failed on one of them, or the time is over
  void await() {
    Duration limit = sent.script().wanted().limit();
    CommandFailures failures = new CommandFailures(sent, errands);
    if (!isDoneWithin(limit.plus(COURTESY))) {
      boolean told = cancel();
      if (!isDoneWithin(elapsed().plus(CANCELLING)) || !failures.isEmpty()) {
        throw failures.late(told);
      }
    }
    failures.throwIfAny();
  }

  /// Tells Systems Manager to stop, because nobody waits any longer.
  void abandon() {
    boolean told = cancel();
    progress.waiting(
        sent.toString(),
        told
            ? "the step was told to stop, and AWS to cancel the command"
            : "the step was told to stop; the command goes on, because AWS did not take its"
                + " cancellation");
  }

  private boolean isDoneWithin(Duration limit) {
    while (true) {
      look();
      if (open().findAny().isEmpty()) {
        return true;
      }
      if (elapsed().compareTo(limit) >= 0) {
        return false;
      }
      ticker.pause(shorter(pause, limit.minus(elapsed())));
    }
  }

  private void look() {
    try {
      invocations().forEach(this::take);
      if (errands.stream().anyMatch(errand -> errand.seen().isEmpty())) {
        giveUpIfOver();
      }
      open().forEach(this::fetch);
      pause = PAUSE;
    } catch (SdkException e) {
      boolean tooNew = Errand.isTooNew(e) && elapsed().compareTo(CONSISTENT) < 0;
      if (!tooNew && !AwsProblems.mayPass(e)) {
        throw SsmProblems.blind(e, sent.id());
      }
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private List<Invocation> invocations() {
    return api.pages("ListCommandInvocations", command(), "CommandInvocations").stream()
        .map(Invocation::read)
        .toList();
  }

  private void take(Invocation invocation) {
    errands.stream()
        .filter(errand -> errand.machine().id().equals(invocation.machine()))
        .filter(errand -> errand.isNews(invocation))
        .forEach(errand -> progress.waiting(errand.machine().toString(), invocation.sentence()));
  }

  /// A command that is over will not begin on a machine any more.
  private void giveUpIfOver() {
    if (elapsed().compareTo(CONSISTENT) < 0) {
      return;
    }
    Optional<JsonNode> parent =
        api.pages("ListCommands", command(), "Commands").stream().findFirst();
    parent
        .map(Invocation::read)
        .filter(Invocation::isOver)
        .ifPresent(end ->
            errands.stream()
                .filter(errand -> errand.seen().isEmpty())
                .forEach(errand ->
                    errand.giveUp(
                        new Invocation(
                            errand.machine().id(), Invocation.Status.FAILED, "Undeliverable"))));
  }

  private void fetch(Errand errand) {
    errand.fetch(api, sent.id());
    errand
        .result()
        .map(Result::output)
        .filter(output -> !output.isBlank())
        .ifPresent(output -> progress.printed(errand.machine().toString(), output));
  }

  private boolean cancel() {
    try {
      api.once("CancelCommand", command());
      return true;
    } catch (SdkException | ActionException _) {
      return false;
    }
  }

  private ObjectNode command() {
    return Json.object().put("CommandId", sent.id());
  }

  private Stream<Errand> open() {
    return errands.stream().filter(errand -> errand.result().isEmpty());
  }

  private Duration elapsed() {
    return ticker.elapsed().minus(start);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
