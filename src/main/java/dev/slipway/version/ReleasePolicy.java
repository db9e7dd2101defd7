package dev.slipway.version;

import dev.slipway.problem.ActionException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// How a repository, or a path of it, is released. Decides whether a commit becomes a release, and
/// which.
///
/// Nothing is changed here. Who carries a decision out and finds that another run was faster asks
/// again, from [#lineage] on, with the tags as they are then.
///
/// @param defaultBump the bump when no commit asks for one
/// @param preRelease the series of pre-releases to make; empty: releases
/// @param initialVersion the first release, where no version tag is before the commit
public record ReleasePolicy(
    VersionSeries series,
    Bump defaultBump,
    Optional<PreReleaseIdentifier> preRelease,
    Optional<SemanticVersion> initialVersion) {

  /// Where `head` stands among the tags.
  ///
  /// A pre-release is no release while releases are made, so that the commit of `1.3.0-rc.2` can
  /// become `1.3.0`; the tag that the event is about is one whatever it is.
  ///
  /// @param eventTag the tag that the event is about; it wins over others on the same commit
  public Lineage lineage(CommitSha head, Optional<String> eventTag, TagHistory history) {
    List<GitTag> tags = history.tags();
    // The second search passes tags that the first one asked for.
    Map<CommitSha, Boolean> asked = new HashMap<>();
    Predicate<CommitSha> before =
        tagged ->
            !tagged.equals(head)
                && asked.computeIfAbsent(tagged, commit -> history.isAncestor(commit, head));
    Optional<VersionTag> previous = series.first(tags, this::isRelease, before);
    Optional<VersionTag> base =
        previous
            .filter(tag -> tag.version().isStable())
            .or(() -> series.first(tags, SemanticVersion::isStable, before));
    return new Lineage(
        head,
        series.among(tags, _ -> true),
        here(head, eventTag, tags),
        previous,
        base,
        newer(head, previous, tags, history));
  }

  private boolean isRelease(SemanticVersion version) {
    return version.isStable() || preRelease.filter(series -> series.names(version)).isPresent();
  }

  private Optional<VersionTag> here(CommitSha head, Optional<String> eventTag, List<GitTag> tags) {
    List<VersionTag> onHead =
        series.among(tags, version -> version.build().isEmpty()).stream()
            .filter(tag -> tag.commit().equals(head))
            .toList();
    return onHead.stream()
        .filter(tag -> eventTag.filter(tag.name()::equals).isPresent())
        .findFirst()
        .or(() -> onHead.stream().filter(tag -> isRelease(tag.version())).findFirst());
  }

  /// Asks for the newest tag of each line `1.4` only: the others of a line are before it.
  private Optional<VersionTag> newer(
      CommitSha head, Optional<VersionTag> previous, List<GitTag> tags, TagHistory history) {
    Map<SemanticVersion, VersionTag> newest = new LinkedHashMap<>();
    series.among(tags, this::isRelease).stream()
        .filter(tag -> !tag.commit().equals(head))
        .filter(
            tag -> previous.filter(old -> tag.version().compareTo(old.version()) <= 0).isEmpty())
        .forEach(tag -> newest.putIfAbsent(line(tag.version()), tag));
    return newest.values().stream()
        .limit(VersionSeries.MOST_QUESTIONS)
        .filter(tag -> history.isAncestor(head, tag.commit()))
        .findFirst();
  }

  private static SemanticVersion line(SemanticVersion version) {
    return SemanticVersion.of(version.major(), version.minor(), 0);
  }

  /// What the tags alone decide, before any commit is read: a release that is there already, or one
  /// that came too late.
  public Optional<ReleaseDecision> settled(Lineage lineage) {
    return lineage
        .here()
        .<ReleaseDecision>map(ReleaseDecision.Reuse::new)
        .or(() -> lineage.newer().map(ReleaseDecision.Superseded::new));
  }

  /// What becomes of the commit.
  ///
  /// @param judgement on the commits after [Lineage#previous] up to and with the head; without a
  ///   previous release on as many as are known
  /// @throws ActionException when the next version cannot be told or is taken
  public ReleaseDecision decide(Lineage lineage, Judgement judgement) {
    return settled(lineage).orElseGet(() -> decideByCommits(lineage, judgement));
  }

  private ReleaseDecision decideByCommits(Lineage lineage, Judgement judgement) {
    if (judgement.counted() == 0) {
      return new ReleaseDecision.Nothing(
          "no commit%s belongs to what is released".formatted(since(lineage)));
    }
    NextVersion next = new NextVersion(this, lineage);
    Optional<ReleaseDecision.Make> asked = judgement.releaseAs().flatMap(next::asked);
    if (asked.isEmpty() && judgement.bump() == Bump.NONE && defaultBump == Bump.NONE) {
      return new ReleaseDecision.Nothing(
          "no commit%s asks for a release, and `default-bump` is none".formatted(since(lineage)));
    }
    return asked.orElseGet(() -> next.bumped(judgement));
  }

  private static String since(Lineage lineage) {
    return lineage.previous().map(tag -> " after " + tag.name()).orElse("");
  }
}
