package dev.slipway.version;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a range of commits asks of the next version.
///
/// @param verdicts one for each commit, in the order of the commits
/// @param counted how many of them belong to what is released
public record Judgement(List<Verdict> verdicts, int counted) {
  /// What git and GitHub write themselves when they merge.
  private static final Pattern MERGE =
      Pattern.compile(
          "Merge (?:pull request #\\d|(?:remote-tracking )?branch(?:es)? |tag |commits? |[0-9a-f]{40} ).*+",
          Pattern.DOTALL);

  public Judgement {
    verdicts = List.copyOf(verdicts);
  }

  /// Judges a range in which every commit counts.
  ///
  /// @param commits oldest first
  public static Judgement of(List<Commit> commits) {
    return of(commits, _ -> true);
  }

  /// Judges a range of a repository of which only a path is released.
  ///
  /// @param commits oldest first
  /// @param touching whether a commit touches the path
  public static Judgement of(List<Commit> commits, Predicate<CommitSha> touching) {
    List<Commit> counted = commits.stream().filter(commit -> touching.test(commit.sha())).toList();
    Map<CommitSha, String> undone = Reverts.among(counted);
    boolean titlesCount = counted.stream().noneMatch(Judgement::isReadable);
    List<Verdict> verdicts =
        commits.stream()
            .map(commit ->
                touching.test(commit.sha())
                    ? Optional.ofNullable(undone.get(commit.sha()))
                        .map(why -> Verdict.nothing(commit, why))
                        .orElseGet(() -> judge(commit, titlesCount))
                    : Verdict.nothing(commit, "touches no file of the released path"))
            .toList();
    return new Judgement(verdicts, counted.size());
  }

  private static boolean isReadable(Commit commit) {
    return !isMerge(commit)
        && Verdict.changes(commit, commit.text()).stream().anyMatch(Change::isReadable);
  }

  private static Verdict judge(Commit commit, boolean titlesCount) {
    if (!isMerge(commit)) {
      return Verdict.of(commit, commit.text());
    }
    // GitHub puts the pull request's title below its own header.
    CommitMessage title = CommitMessage.of(commit.text().rest());
    return titlesCount && !title.header().isEmpty()
        ? Verdict.of(commit, title).because("the title of the merged pull request: ")
        : Verdict.merge(commit);
  }

  private static boolean isMerge(Commit commit) {
    return MERGE.matcher(commit.header()).matches();
  }

  /// The heaviest bump that any commit asks for.
  public Bump bump() {
    return decisive().map(Verdict::bump).orElse(Bump.NONE);
  }

  /// The commit that asks for the heaviest bump, the first of several; empty when none asks.
  public Optional<Verdict> decisive() {
    return verdicts.stream()
        .filter(verdict -> verdict.bump() != Bump.NONE)
        .max(Comparator.comparing(Verdict::bump));
  }

  /// The newest commit with a footer `Release-As`.
  public Optional<Verdict> releaseAs() {
    return verdicts.reversed().stream()
        .filter(verdict -> verdict.releaseAs().isPresent())
        .findFirst();
  }

  /// What the changelog lists.
  public List<Change> changes() {
    return verdicts.stream().flatMap(verdict -> verdict.changes().stream()).toList();
  }
}
