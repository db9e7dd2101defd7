package dev.slipway.version;

import dev.slipway.problem.ActionException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The version that a commit gets when it becomes a release.
record NextVersion(ReleasePolicy policy, Lineage lineage) {

  /// The version that a footer `Release-As` asks for; empty when that version is released already,
  /// so that the footer asks for nothing any more.
  ///
  /// @throws ActionException when it is no version, or not above the release before it
  Optional<ReleaseDecision.Make> asked(Verdict verdict) {
    String text = verdict.releaseAs().orElseThrow();
    SemanticVersion asked =
        SemanticVersion.parse(text.startsWith("v") ? text.substring(1) : text)
            .filter(version -> version.build().isEmpty())
            .orElseThrow(() -> refused(verdict, "it is no version of the form 1.2.3"));
    if (versions().anyMatch(asked::equals)) {
      return Optional.empty();
    }
    if (lineage.previous().filter(tag -> tag.version().compareTo(asked) >= 0).isPresent()) {
      throw refused(verdict, "it is not above " + lineage.previous().orElseThrow().name());
    }
    SemanticVersion version = asked.isStable() ? inSeries(asked) : asked;
    return Optional.of(
        make(version, "%s says Release-As: %s".formatted(verdict.sha().shortened(7), text)));
  }

  private static ActionException refused(Verdict verdict, String why) {
    return new ActionException(
        "`Release-As: %s` cannot be followed".formatted(verdict.releaseAs().orElseThrow()),
        "%s, and the footer of commit %s asks for it".formatted(why, verdict.sha().shortened(7)),
        "push a commit with a footer such as `Release-As: 2.0.0`; the newest one counts");
  }

  /// The version that the commits ask for, or else `default-bump`.
  ///
  /// @throws ActionException when there is nothing to start from, or the version is taken
  ReleaseDecision.Make bumped(Judgement judgement) {
    Bump bump = judgement.bump() == Bump.NONE ? policy.defaultBump() : judgement.bump();
    Stream<SemanticVersion> cores =
        Stream.concat(
            lineage.base().map(tag -> bump.after(tag.version())).stream(),
            lineage.previous().map(tag -> tag.version().core()).stream());
    // A series of pre-releases goes on until something asks for more than it promised.
    return cores
        .max(Comparator.naturalOrder())
        .map(core -> free(core, why(judgement, bump)))
        .orElseGet(this::initial);
  }

  private String why(Judgement judgement, Bump bump) {
    String old = lineage.previous().map(VersionTag::name).orElse("nothing");
    return judgement
        .decisive()
        .map(verdict ->
            "%s asks for a %s bump after %s: %s"
                .formatted(verdict.sha().shortened(7), bump.text(), old, verdict.why()))
        .orElseGet(() ->
            "no commit after %s asks for a bump, and `default-bump` is %s"
                .formatted(old, bump.text()));
  }

  private ReleaseDecision.Make initial() {
    SemanticVersion initial =
        policy
            .initialVersion()
            .orElseThrow(() ->
                new ActionException(
                    "There is no release to start from",
                    "no tag of the form %s1.2.3 is before commit %s"
                        .formatted(policy.series().prefix(), lineage.head().shortened(7)),
                    "set `initial-version`: the first release gets exactly that version"));
    return free(initial, "no version tag is before the commit; `initial-version` is " + initial);
  }

  private ReleaseDecision.Make free(SemanticVersion core, String why) {
    lineage.tags().stream()
        .filter(tag -> tag.version().equals(core))
        .findFirst()
        .ifPresent(tag -> {
          throw taken(tag);
        });
    return make(inSeries(core), why);
  }

  private ActionException taken(VersionTag tag) {
    return new ActionException(
        "The next version, %s, is taken".formatted(tag.version()),
        "the tag %s is at commit %s of another branch, which is not before %s"
            .formatted(tag.name(), tag.commit().shortened(7), lineage.head().shortened(7)),
        "merge that branch first, or name a free version in a footer `Release-As: x.y.z` of a commit");
  }

  private SemanticVersion inSeries(SemanticVersion core) {
    return policy.preRelease().map(series -> series.next(core, versions())).orElse(core);
  }

  private Stream<SemanticVersion> versions() {
    return lineage.tags().stream().map(VersionTag::version);
  }

  private ReleaseDecision.Make make(SemanticVersion version, String why) {
    return new ReleaseDecision.Make(version, policy.series().tagName(version), why);
  }
}
