package dev.slipway.github;

import dev.slipway.delivery.GitOpsRepository.Merge.Unavailable;
import dev.slipway.delivery.MergeMethod;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The texts of why a pull request is left for a person to merge. That is no failure: the change is
/// proposed.
final class StaysOpen {
  static final String BEHIND =
      "it is behind the base branch, whose rules want it on the newest state";
  static final String CONFLICT = "it conflicts with the base branch, which has changed meanwhile";

  private StaysOpen() {}

  static Unavailable closed() {
    return new Unavailable(
        "somebody closed the pull request", "Reopen it, or run the step again for a new one");
  }

  static Unavailable movedOn(String head) {
    return new Unavailable(
        "its branch has moved on to %s".formatted(head.substring(0, Math.min(7, head.length()))),
        "Nothing, if that was a newer delivery; otherwise review that commit and merge by hand");
  }

  static Unavailable draft() {
    return new Unavailable("it is a draft", "Mark it as ready for review, then run the step again");
  }

  static Unavailable method(MergeMethod asked, Set<MergeMethod> allowed) {
    return new Unavailable(
        "the repository does not allow the merge method `%s`".formatted(text(asked)),
        allowed.isEmpty()
            ? "Allow a merge method in the repository's settings: General, Pull Requests"
            : "Set `auto-merge` to %s, or allow it in the repository's settings: General, Pull Requests"
                .formatted(
                    allowed.stream()
                        .map(method -> "`" + text(method) + "`")
                        .collect(Collectors.joining(" or "))));
  }

  private static String text(MergeMethod method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  static Unavailable blocked(String status) {
    return new Unavailable(
        "rules of the base branch are not met yet (%s), and the repository does not allow auto-merge"
            .formatted(status),
        "Allow it in the repository's settings: General, Pull Requests, \"Allow auto-merge\"; or merge by hand");
  }

  static Unavailable undecided() {
    return new Unavailable(
        "GitHub did not work out in time whether it can be merged",
        "Run the step again, or merge by hand");
  }

  static Unavailable refused(Refused refused) {
    return new Unavailable(
        "GitHub says: " + refused.message(),
        "Remove the cause and run the step again, or merge by hand");
  }

  static Unavailable notPermitted(Refused refused, TokenKind token, String input) {
    return new Unavailable(
        "GitHub says: %s; %s".formatted(refused.message(), token.description()),
        token.toBeAllowed("contents=write, pull_requests=write", input));
  }
}
