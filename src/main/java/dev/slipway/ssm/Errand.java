package dev.slipway.ssm;

import dev.slipway.aws.AwsProblems;
import dev.slipway.aws.Json;
import dev.slipway.delivery.RemoteScripts.Machine;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/// The wait for one machine: what was seen of it so far.
final class Errand {
  // What was just written may not be read yet.
  private static final Duration CONSISTENT = Duration.ofMinutes(1);
  private static final Set<String> NOT_THERE_YET =
      Set.of("InvocationDoesNotExist", "InvalidCommandId");

  private final Machine machine;
  private Optional<Invocation> seen = Optional.empty();
  private Optional<Duration> over = Optional.empty();
  private Optional<Result> result = Optional.empty();

  Errand(Machine machine) {
    this.machine = machine;
  }

  Machine machine() {
    return machine;
  }

  /// What Systems Manager said last.
  Optional<Invocation> seen() {
    return seen;
  }

  /// How it ended; empty while it goes on.
  Optional<Result> result() {
    return result;
  }

  /// Takes a look into account.
  ///
  /// @return whether it differs from the one before
  boolean isNews(Invocation invocation) {
    boolean news = !seen.equals(Optional.of(invocation));
    seen = Optional.of(invocation);
    return news;
  }

  /// Nothing more will come.
  void giveUp(Invocation invocation) {
    seen = Optional.of(invocation);
    result = Optional.of(Result.bare(invocation));
  }

  /// Asks for the result once the machine is done.
  ///
  /// @throws SdkException when it cannot be had
  void fetch(SsmApi api, String command) {
    Invocation end = seen.filter(Invocation::isOver).orElse(null);
    if (end == null || result.isPresent()) {
      return;
    }
    over = over.or(() -> Optional.of(api.ticker().elapsed()));
    try {
      Result fetched =
          Result.read(
              api.once(
                  "GetCommandInvocation",
                  Json.object().put("CommandId", command).put("InstanceId", machine.id())));
      result = Optional.of(fetched).filter(known -> known.invocation().isOver());
    } catch (SdkException e) {
      if (!NOT_THERE_YET.contains(AwsProblems.code(e))) {
        throw e;
      }
    }
    boolean late = api.ticker().elapsed().minus(over.orElseThrow()).compareTo(CONSISTENT) > 0;
    if (result.isEmpty() && late) {
      result = Optional.of(Result.bare(end));
    }
  }

  /// Whether a failure says that the command is too new to be known.
  static boolean isTooNew(SdkException failure) {
    return NOT_THERE_YET.contains(AwsProblems.code(failure));
  }
}
