package dev.slipway.version;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The version tags that belong together: those that begin with one literal prefix.
///
/// Where the prefix is the customary `v`, bare `1.2.3` tags belong to it too and come after those
/// with the prefix. The digits begin right after the prefix, so that the series of a monorepo never
/// see each other: `v` holds no `vapi-1.2.3`, and the bare one no `api-v1.2.3`.
public record VersionSeries(String prefix) {
  /// Each question about a tag is a request. The highest tag is nearly always reachable; only a
  /// branch that is this many releases behind meets the limit.
  static final int MOST_QUESTIONS = 100;

  private static final Comparator<VersionTag> HIGHEST_FIRST =
      Comparator.comparing(VersionTag::version).reversed();

  /// The version tags among `tags`: those with the prefix, highest first, then bare ones likewise.
  public List<VersionTag> among(List<GitTag> tags, Predicate<SemanticVersion> wanted) {
    return starts().flatMap(start -> startingWith(start, tags, wanted)).toList();
  }

  /// The first tag, in the order of [#among], that `accepted` agrees to. Asks from the highest
  /// down, and not more than 100 times of each kind.
  public Optional<VersionTag> first(
      List<GitTag> tags, Predicate<SemanticVersion> wanted, Predicate<CommitSha> accepted) {
    return starts()
        .flatMap(start -> startingWith(start, tags, wanted).limit(MOST_QUESTIONS))
        .filter(tag -> accepted.test(tag.commit()))
        .findFirst();
  }

  /// The name of a new tag of the series.
  public String tagName(SemanticVersion version) {
    return prefix + version;
  }

  private Stream<String> starts() {
    return prefix.equals("v") ? Stream.of("v", "") : Stream.of(prefix);
  }

  private static Stream<VersionTag> startingWith(
      String start, List<GitTag> tags, Predicate<SemanticVersion> wanted) {
    return tags.stream()
        .filter(tag -> tag.name().startsWith(start))
        .flatMap(tag ->
            SemanticVersion.parse(tag.name().substring(start.length()))
                .filter(wanted)
                .map(version -> new VersionTag(tag, version))
                .stream())
        .sorted(HIGHEST_FIRST);
  }
}
