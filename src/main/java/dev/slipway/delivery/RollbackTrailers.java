package dev.slipway.delivery;

import dev.slipway.version.CommitSha;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the commit of a rollback says for the next one: which run made it, and which commit it
/// returned to.
final class RollbackTrailers {
  private static final Pattern RUN = Pattern.compile("(?m)^Slipway-Rollback-Run: ([0-9]+)\\r?$");
  private static final Pattern COMMIT =
      Pattern.compile("(?m)^Slipway-Returned-To: ([0-9a-f]{40})\\r?$");

  private RollbackTrailers() {}

  /// The trailers, one a line.
  ///
  /// @param to the commit of the GitOps repository; empty: not known
  static String of(RunContext run, Optional<CommitSha> to) {
    return "Slipway-Rollback-Run: %s\n".formatted(run.runId())
        + to.map("Slipway-Returned-To: %s\n"::formatted).orElse("");
  }

  /// Whether `run` made the commit with this message.
  static boolean isOf(RunContext run, String message) {
    Matcher found = RUN.matcher(message);
    return found.find() && found.group(1).equals(run.runId());
  }

  /// Whether a commit with this message is a rollback.
  static boolean isRollback(String message) {
    return RUN.matcher(message).find();
  }

  /// The commit that was returned to; empty where the message does not say.
  static Optional<CommitSha> returnedTo(String message) {
    Matcher found = COMMIT.matcher(message);
    return found.find() ? Optional.of(new CommitSha(found.group(1))) : Optional.empty();
  }
}
