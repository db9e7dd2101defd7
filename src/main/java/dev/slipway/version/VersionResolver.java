package dev.slipway.version;

import dev.slipway.problem.ActionException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds the version of a commit from the repository's tags.
///
/// A tag on the commit is its version. Otherwise the version is that of the highest reachable
/// stable tag, followed by seven digits of the commit: `1.2.3-a1b2c3d`. Tags with the prefix are
/// looked at first; only where the prefix is the customary `v`, bare `1.2.3` tags are looked at
/// after them, so that prefixes of a monorepo never see each other.
public final class VersionResolver {
  /// Each reachability test is a request. The highest tag is nearly always reachable; only a branch
  /// that is this many releases behind meets the limit.
  private static final int MOST_COMPARES = 100;

  private static final int SHORT_SHA = 7;

  /// A tag that names a version.
  private record VersionTag(GitTag tag, SemanticVersion version) {}

  private static final Comparator<VersionTag> PRECEDENCE =
      Comparator.comparing(VersionTag::version);

  private final TagHistory history;
  private final String prefix;
  private final Optional<SemanticVersion> initialVersion;

  /// Resolves by one series of tags.
  ///
  /// @param prefix literal text before the digits
  /// @param initialVersion the base where no version tag is reachable; empty: that is a failure
  public VersionResolver(
      TagHistory history, String prefix, Optional<SemanticVersion> initialVersion) {
    this.history = history;
    this.prefix = prefix;
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
    List<VersionTag> candidates =
        series().stream()
            .flatMap(start -> inSeries(here, start, version -> version.build().isEmpty()).stream())
            .toList();
    return candidates.isEmpty() ? Optional.empty() : Optional.of(chosen(candidates, eventTag));
  }

  private static ResolvedVersion chosen(List<VersionTag> candidates, Optional<String> eventTag) {
    VersionTag highest = candidates.getFirst();
    VersionTag winner =
        candidates.stream()
            .filter(candidate -> eventTag.filter(candidate.tag().name()::equals).isPresent())
            .findFirst()
            .orElse(highest);
    String others =
        candidates.size() == 1 ? "" : ", chosen of %d on it".formatted(candidates.size());
    return new ResolvedVersion(
        winner.version().toString(),
        winner.version(),
        Optional.of(winner.tag()),
        "the commit carries the tag %s%s".formatted(winner.tag().name(), others));
  }

  private Optional<VersionTag> base(CommitSha commit, List<GitTag> tags) {
    return series().stream()
        .flatMap(start ->
            inSeries(tags, start, SemanticVersion::isStable).stream()
                .limit(MOST_COMPARES)
                .filter(base -> history.isAncestor(base.tag().commit(), commit)))
        .findFirst();
  }

  private static ResolvedVersion after(VersionTag base, CommitSha commit) {
    return new ResolvedVersion(
        untagged(base.version(), commit),
        base.version(),
        Optional.empty(),
        "the commit is untagged; the highest version tag before it is " + base.tag().name());
  }

  private static ResolvedVersion initial(SemanticVersion initial, CommitSha commit) {
    return new ResolvedVersion(
        untagged(initial, commit),
        initial,
        Optional.empty(),
        "no version tag is reachable; initial-version is " + initial);
  }

  /// An opaque name, not a semantic version: seven digits with a leading zero would make no legal
  /// one.
  private static String untagged(SemanticVersion base, CommitSha commit) {
    return base + "-" + commit.shortened(SHORT_SHA);
  }

  private List<String> series() {
    return prefix.equals("v") ? List.of("v", "") : List.of(prefix);
  }

  /// The version tags that begin with `start`, highest first.
  private static List<VersionTag> inSeries(
      List<GitTag> tags, String start, Predicate<SemanticVersion> wanted) {
    return tags.stream()
        .filter(tag -> tag.name().startsWith(start))
        .flatMap(tag ->
            SemanticVersion.parse(tag.name().substring(start.length()))
                .filter(wanted)
                .map(version -> new VersionTag(tag, version))
                .stream())
        .sorted(PRECEDENCE.reversed())
        .toList();
  }

  private ActionException noBase(CommitSha commit, List<GitTag> tags) {
    long named =
        series().stream()
            .mapToLong(start -> inSeries(tags, start, SemanticVersion::isStable).size())
            .sum();
    String first = prefix + "0.1.0";
    return new ActionException(
        "No version tag is reachable from " + commit.shortened(SHORT_SHA),
        "the repository has %d tags, %d of them of the form %s1.2.3, and none of these is an ancestor of the commit"
            .formatted(tags.size(), named, prefix),
        "make the first tag, `git tag %s %s && git push origin %s`, or set `initial-version`"
            .formatted(first, commit.shortened(SHORT_SHA), first));
  }
}
