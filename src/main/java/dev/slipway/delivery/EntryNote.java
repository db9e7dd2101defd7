package dev.slipway.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sentence about how an entry of the ledger ended, where it says more to the next run than to
/// people: a task definition has its name only once it is registered, and then the entry is written
/// already.
final class EntryNote {
  private static final Pattern RUNS =
      Pattern.compile(
          "(?:.*; )?Runs (arn:[^\\s;]+:task-definition/[A-Za-z0-9_-]+:[0-9]+)(?:; .*)?");

  private static final Pattern PULL_REQUEST = Pattern.compile("(Pull request #[0-9]+)(?:; .*)?");

  private static final String PASSED = "Nothing was moved: a newer delivery is there";

  private EntryNote() {}

  /// Of a run that came too late.
  static String passed() {
    return PASSED;
  }

  /// Whether the delivery left everything where it was.
  static boolean hasPassed(String note) {
    return note.equals(PASSED);
  }

  /// A task definition as people call it: family and revision.
  static String revision(String taskDefinition) {
    return taskDefinition.replaceFirst(".*/", "");
  }

  static String runs(String taskDefinition) {
    return "Runs " + taskDefinition;
  }

  static String pullRequest(int number) {
    return "Pull request #" + number;
  }

  /// Whether both sentences name the same pull request: the later one took the earlier one's place
  /// there.
  static boolean arePartOfOne(String later, String earlier) {
    Matcher one = PULL_REQUEST.matcher(later);
    Matcher other = PULL_REQUEST.matcher(earlier);
    return one.matches() && other.matches() && one.group(1).equals(other.group(1));
  }

  /// The task definition that the sentence names; empty where it names none, or was cut off.
  static Optional<String> taskDefinition(String note) {
    Matcher found = RUNS.matcher(note);
    return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
