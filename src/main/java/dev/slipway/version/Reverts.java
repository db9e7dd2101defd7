package dev.slipway.version;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which commits of a range undo each other, so that neither changes anything.
///
/// A revert names what it undoes: git by `This reverts commit <sha>`, GitHub's button by `Reverts
/// owner/name#12`, a `revert:` commit also by a footer `Refs: <sha>, <sha>`. A revert that is
/// undone itself undoes nothing.
final class Reverts {
  private static final Pattern BY_GIT =
      Pattern.compile("\\bThis reverts commit ([0-9a-f]{7,40})\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern BY_GITHUB =
      Pattern.compile("^Reverts (?:[\\w.-]{1,100}/[\\w.-]{1,100})?#(\\d{1,9})$", Pattern.MULTILINE);

  private static final Pattern SHA = Pattern.compile("\\b[0-9a-f]{7,40}\\b");

  private final List<Commit> commits;
  private final Map<CommitSha, String> undone = new HashMap<>();

  private Reverts(List<Commit> commits) {
    this.commits = commits;
  }

  /// Why a commit counts for nothing, for each that does.
  ///
  /// @param commits oldest first
  static Map<CommitSha, String> among(List<Commit> commits) {
    Reverts reverts = new Reverts(commits);
    commits.reversed().forEach(reverts::judge);
    return reverts.undone;
  }

  private void judge(Commit commit) {
    if (undone.containsKey(commit.sha())) {
      return;
    }
    List<Optional<Commit>> targets = targets(commit);
    targets.stream()
        .flatMap(Optional::stream)
        .forEach(target -> undone.put(target.sha(), "undone by " + commit.sha().shortened(7)));
    // One that also undoes a commit of an earlier release still changes something.
    if (!targets.isEmpty() && targets.stream().allMatch(Optional::isPresent)) {
      undone.put(commit.sha(), "undoes " + targets.getFirst().orElseThrow().sha().shortened(7));
    }
  }

  /// What `commit` undoes; empty for a commit outside the range.
  private List<Optional<Commit>> targets(Commit commit) {
    CommitMessage message = commit.text();
    Optional<ConventionalCommit> revert =
        ConventionalCommit.parse(message).filter(found -> found.type().equals("revert"));
    if (revert.isEmpty() && !Change.isRevert(message)) {
      return List.of();
    }
    Stream<String> referred =
        revert.stream()
            .flatMap(found -> found.body().values("Refs").stream())
            .flatMap(value -> SHA.matcher(value).results().map(MatchResult::group));
    Stream<Optional<Commit>> byName =
        Stream.concat(group(BY_GIT, message), referred)
            .map(name -> other(commit, found -> found.sha().value().startsWith(name)));
    Stream<Optional<Commit>> byNumber =
        group(BY_GITHUB, message)
            .map(number -> other(commit, found -> found.header().endsWith("(#" + number + ")")));
    return Stream.concat(byName, byNumber).toList();
  }

  private static Stream<String> group(Pattern pattern, CommitMessage message) {
    return pattern.matcher(message.rest()).results().map(match -> match.group(1));
  }

  private Optional<Commit> other(Commit revert, Predicate<Commit> wanted) {
    return commits.stream()
        .filter(commit -> !commit.sha().equals(revert.sha()))
        .filter(wanted)
        .findFirst();
  }
}
