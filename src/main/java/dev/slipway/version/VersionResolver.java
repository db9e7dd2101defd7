package dev.slipway.version;

import dev.slipway.problem.ActionException;
import java.util.List;
import java.util.Optional;

/// Finds the version of a commit from the repository's tags.
///
/// A tag on the commit is its version. Otherwise the version is that of the highest reachable
/// stable tag, followed by seven digits of the commit: `1.2.3-a1b2c3d`. Tags with the prefix are
/// looked at first; only where the prefix is the customary `v`, bare `1.2.3` tags are looked at
/// after them, so that prefixes of a monorepo never see each other.
public final class VersionResolver {
  private static final int SHORT_SHA = 7;

  private final TagHistory history;
  private final VersionSeries series;
  private final Optional<SemanticVersion> initialVersion;

  /// Resolves by one series of tags.
  ///
  /// @param prefix literal text before the digits
  /// @param initialVersion the base where no version tag is reachable; empty: that is a failure
  public VersionResolver(
      TagHistory history, String prefix, Optional<SemanticVersion> initialVersion) {
    this.history = history;
    this.series = new VersionSeries(prefix);
    this.initialVersion = initialVersion;
  }

  /// The version of `commit`.
  ///
  /// @param eventTag the tag that the event is about; it wins over others on the same commit
  /// @throws ActionException when no version tag is reachable and there is no initial version
  public ResolvedVersion resolve(CommitSha commit, Optional<String> eventTag) {
    List<GitTag> tags = history.tags();
    return onCommit(commit, tags, eventTag)
        .or(() -> base(commit, tags).map(base -> after(base, commit)))
        .or(() -> initialVersion.map(initial -> initial(initial, commit)))
        .orElseThrow(() -> noBase(commit, tags));
  }

  private Optional<ResolvedVersion> onCommit(
      CommitSha commit, List<GitTag> tags, Optional<String> eventTag) {
    List<GitTag> here = tags.stream().filter(tag -> tag.commit().equals(commit)).toList();
    List<VersionTag> candidates = series.among(here, version -> version.build().isEmpty());
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(chosen(candidates, series.among(tags, _ -> true), eventTag));
  }

  private static ResolvedVersion chosen(
      List<VersionTag> candidates, List<VersionTag> released, Optional<String> eventTag) {
    VersionTag highest = candidates.getFirst();
    VersionTag winner =
        candidates.stream()
            .filter(candidate -> eventTag.filter(candidate.name()::equals).isPresent())
            .findFirst()
            .orElse(highest);
    String others =
        candidates.size() == 1 ? "" : ", chosen of %d on it".formatted(candidates.size());
    return ResolvedVersion.tagged(
        winner.version(),
        winner.tag(),
        released,
        "the commit carries the tag %s%s".formatted(winner.name(), others));
  }

  private Optional<VersionTag> base(CommitSha commit, List<GitTag> tags) {
    Optional<VersionTag> found =
        series.first(tags, SemanticVersion::isStable, tagged -> history.isAncestor(tagged, commit));
    if (found.isEmpty()
        && series.among(tags, SemanticVersion::isStable).size() > VersionSeries.MOST_QUESTIONS) {
      throw new ActionException(
          "The version tag before %s was not found".formatted(commit.shortened(SHORT_SHA)),
          "none of the %d highest version tags is an ancestor of the commit, and lower ones were not looked at"
              .formatted(VersionSeries.MOST_QUESTIONS),
          "tag the commit itself, or give this line of releases a prefix of its own in `git-tag-prefix`");
    }
    return found;
  }

  private static ResolvedVersion after(VersionTag base, CommitSha commit) {
    return ResolvedVersion.untagged(
        base.version(),
        commit,
        "the commit is untagged; the highest version tag before it is " + base.name());
  }

  private static ResolvedVersion initial(SemanticVersion initial, CommitSha commit) {
    return ResolvedVersion.untagged(
        initial, commit, "no version tag is reachable; initial-version is " + initial);
  }

  private ActionException noBase(CommitSha commit, List<GitTag> tags) {
    int named = series.among(tags, SemanticVersion::isStable).size();
    String first = series.prefix() + "0.1.0";
    return new ActionException(
        "No version tag is reachable from " + commit.shortened(SHORT_SHA),
        "the repository has %d tags, %d of them of the form %s1.2.3, and none of these is an ancestor of the commit"
            .formatted(tags.size(), named, series.prefix()),
        "make the first tag, `git tag %s %s && git push origin %s`, or set `initial-version`"
            .formatted(first, commit.shortened(SHORT_SHA), first));
  }
}
