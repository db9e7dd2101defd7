package dev.slipway.version;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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

  /// How GitHub ends the header of a squashed pull request.
  private static final Pattern NUMBER = Pattern.compile("\\(#(\\d{1,9})\\)$");

  // One message may refer to a hundred thousand commits, so each is found without a search.
  private final NavigableMap<String, Commit> byName = new TreeMap<>();
  private final Map<String, List<Commit>> byNumber = new HashMap<>();
  private final Map<CommitSha, String> undone = new HashMap<>();

  private Reverts(List<Commit> commits) {
    for (Commit commit : commits) {
      byName.put(commit.sha().value(), commit);
      Matcher number = NUMBER.matcher(commit.header());
      if (number.find()) {
        byNumber.computeIfAbsent(number.group(1), _ -> new ArrayList<>()).add(commit);
      }
    }
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
    return Stream.concat(
            Stream.concat(group(BY_GIT, message), referred).distinct().map(this::named),
            group(BY_GITHUB, message).distinct().map(this::numbered))
        .map(found -> other(commit, found))
        .toList();
  }

  private static Stream<String> group(Pattern pattern, CommitMessage message) {
    return pattern.matcher(message.rest()).results().map(match -> match.group(1));
  }

  private Stream<Commit> named(String name) {
    return byName.tailMap(name, true).values().stream()
        .takeWhile(commit -> commit.sha().value().startsWith(name));
  }

  private Stream<Commit> numbered(String number) {
    return byNumber.getOrDefault(number, List.of()).stream();
  }

  private static Optional<Commit> other(Commit revert, Stream<Commit> found) {
    return found.filter(commit -> !commit.sha().equals(revert.sha())).findFirst();
  }
}
