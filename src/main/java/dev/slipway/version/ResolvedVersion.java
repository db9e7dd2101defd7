package dev.slipway.version;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The version of a commit.
///
/// @param text `1.2.3` where the commit carries the version tag, else `1.2.3-a1b2c3d`: the base
///   version and seven digits of the commit
/// @param base the tagged version, or the one the commit builds on
/// @param tag the version tag on the commit itself
/// @param leads the lines of which it is the newest release; none when it is no release
/// @param why one sentence for the log
public record ResolvedVersion(
    String text, SemanticVersion base, Optional<GitTag> tag, Set<MovingTag> leads, String why) {
  public ResolvedVersion {
    leads = Set.copyOf(leads);
  }

  /// The version of a commit that carries `tag`, or is about to.
  ///
  /// @param released every version tag of the series
  static ResolvedVersion tagged(
      SemanticVersion version, GitTag tag, Collection<VersionTag> released, String why) {
    List<SemanticVersion> versions = released.stream().map(VersionTag::version).toList();
    Set<MovingTag> leads = EnumSet.allOf(MovingTag.class);
    leads.removeIf(line -> !line.mayPointAt(version, versions));
    return new ResolvedVersion(version.toString(), version, Optional.of(tag), leads, why);
  }

  /// The version of a commit that carries no version tag.
  ///
  /// The text is an opaque name, not a semantic version: seven digits with a leading zero would
  /// make no legal one.
  static ResolvedVersion untagged(SemanticVersion base, CommitSha commit, String why) {
    return new ResolvedVersion(
        base + "-" + commit.shortened(7), base, Optional.empty(), Set.of(), why);
  }

  /// The same as the newest of every line, whatever else is released: where somebody returns to it
  /// on purpose.
  public ResolvedVersion leading() {
    return new ResolvedVersion(text, base, tag, EnumSet.allOf(MovingTag.class), why);
  }

  /// A version that was noted as text; empty where it never was one of ours.
  ///
  /// @param why one sentence for the log
  public static Optional<ResolvedVersion> noted(String text, String why) {
    return SemanticVersion.parse(text)
        .or(() -> SemanticVersion.parse(text.replaceFirst("-.*", "")))
        .map(base -> new ResolvedVersion(text, base, Optional.empty(), Set.of(), why));
  }

  /// The version that a release decision gives the commit; empty when it gives none.
  public static Optional<ResolvedVersion> of(ReleaseDecision decision, Lineage lineage) {
    return switch (decision) {
      case ReleaseDecision.Make(var version, var tagName, var why) ->
          Optional.of(tagged(version, new GitTag(tagName, lineage.head()), lineage.tags(), why));
      case ReleaseDecision.Reuse reuse ->
          Optional.of(
              tagged(reuse.tag().version(), reuse.tag().tag(), lineage.tags(), reuse.why()));
      case ReleaseDecision.Nothing _, ReleaseDecision.Superseded _ -> Optional.empty();
    };
  }
}
