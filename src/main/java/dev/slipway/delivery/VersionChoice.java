package dev.slipway.delivery;

import dev.slipway.problem.ActionException;
import dev.slipway.version.Changelog;
import dev.slipway.version.CommitLog;
import dev.slipway.version.CommitSha;
import dev.slipway.version.Judgement;
import dev.slipway.version.Lineage;
import dev.slipway.version.MovingTag;
import dev.slipway.version.ReleaseDecision;
import dev.slipway.version.ReleasePolicy;
import dev.slipway.version.ResolvedVersion;
import dev.slipway.version.TagHistory;
import dev.slipway.version.VersionResolver;
import dev.slipway.version.VersionSeries;
import dev.slipway.version.VersionTag;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Works out the version of the commit, and whether it becomes a release.
final class VersionChoice {
  private final TagHistory history;
  private final CommitLog log;
  private final Inputs.Versioning versioning;
  private final RunContext run;

  VersionChoice(ApplicationRepository home, Inputs.Versioning versioning, RunContext run) {
    this.history = home.tags();
    this.log = home.log();
    this.versioning = versioning;
    this.run = run;
  }

  /// Whether a template asks for the version, or the script does.
  static boolean isNeeded(Inputs inputs) {
    return inputs.templates().anyMatch(MovingTags::isOfTheVersion)
        || inputs.script().filter(script -> script.reads(ScriptVariables.VERSION)).isPresent();
  }

  /// What was worked out.
  ///
  /// @param version empty when nobody asks for it
  /// @param release empty when no release is asked for
  record Chosen(Optional<ResolvedVersion> version, Optional<PlannedRelease> release) {
    boolean isSuperseded() {
      return release
          .filter(known -> known.decision() instanceof ReleaseDecision.Superseded)
          .isPresent();
    }
  }

  /// @param needed whether anything asks for the version
  /// @throws ActionException when the version cannot be told
  Chosen choose(boolean needed) {
    return versioning
        .releasing()
        .map(wanted -> released(wanted, needed))
        .orElseGet(() -> new Chosen(resolved(needed), Optional.empty()));
  }

  private Optional<ResolvedVersion> resolved(boolean needed) {
    return needed
        ? Optional.of(
            new VersionResolver(history, versioning.gitTagPrefix(), versioning.initialVersion())
                .resolve(run.commit(), run.eventTag()))
        : Optional.empty();
  }

  private Chosen released(Releasing wanted, boolean needed) {
    ReleasePolicy policy =
        new ReleasePolicy(
            new VersionSeries(versioning.gitTagPrefix()),
            wanted.defaultBump(),
            wanted.preRelease(),
            versioning.initialVersion());
    Lineage lineage = policy.lineage(run.commit(), run.eventTag(), history);
    Optional<ReleaseDecision> settled = policy.settled(lineage);
    // The tags alone may decide; then only a page still asks for the commits.
    boolean read =
        settled
            .map(decision -> wanted.page() && decision instanceof ReleaseDecision.Reuse)
            .orElse(true);
    Judgement judgement = read ? judged(wanted, lineage) : Judgement.of(List.of());
    ReleaseDecision decision = settled.orElseGet(() -> policy.decide(lineage, judgement));
    Optional<ResolvedVersion> version = ResolvedVersion.of(decision, lineage);
    Optional<Releases.Publication> publication =
        wanted.page()
            ? version.map(known -> publication(known, lineage, judgement))
            : Optional.empty();
    boolean superseded = decision instanceof ReleaseDecision.Superseded;
    return new Chosen(
        version.or(() -> resolved(needed && !superseded)),
        Optional.of(new PlannedRelease(decision, judgement.verdicts(), publication)));
  }

  private Judgement judged(Releasing wanted, Lineage lineage) {
    Optional<CommitSha> after = lineage.previous().map(VersionTag::commit);
    Optional<Set<CommitSha>> touching =
        wanted.path().map(path -> log.touching(path, after, lineage.head()));
    return Judgement.of(
        log.since(after, lineage.head()),
        commit -> touching.map(known -> known.contains(commit)).orElse(true));
  }

  private Releases.Publication publication(
      ResolvedVersion version, Lineage lineage, Judgement judgement) {
    String tagName = version.tag().orElseThrow().name();
    // GitHub has one latest release, and a repository may have several series.
    boolean main = Set.of("v", "").contains(versioning.gitTagPrefix());
    return new Releases.Publication(
        "Release " + tagName,
        lineage.head(),
        new Changelog(
            judgement.changes(),
            run.repositoryUrl(),
            lineage.previous().map(VersionTag::name),
            tagName,
            List.of()),
        !version.base().isStable(),
        main && version.leads().contains(MovingTag.LATEST));
  }
}
