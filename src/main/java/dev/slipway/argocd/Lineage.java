package dev.slipway.argocd;

import dev.slipway.argocd.ApplicationState.Hydration;
import dev.slipway.argocd.ApplicationState.Operation;
import dev.slipway.argocd.Unmet.Kind;
import dev.slipway.delivery.Expectation.Delivered;
import dev.slipway.delivery.GitOpsHistory;
import dev.slipway.version.CommitSha;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the delivered commit in an application's revisions. Equality would fail on a shared
/// branch, which moves on; so the question is always whether a revision contains the commit.
final class Lineage {
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");

  private final Delivered delivered;
  private final GitOpsHistory history;

  /// Asks `history` at every look.
  Lineage(Delivered delivered, GitOpsHistory history) {
    this.delivered = delivered;
    this.history = history;
  }

  Delivered delivered() {
    return delivered;
  }

  /// What is missing for the commit to be the one that Argo CD compares with.
  Optional<Unmet> missing(ApplicationState state, FollowedSources sources) {
    if (state.spec().dry().isPresent()) {
      Optional<Unmet> unhydrated = notHydrated(state);
      if (unhydrated.isPresent()) {
        return unhydrated;
      }
    }
    return carriedBy(state.sync().revisions(), state, sources)
        ? Optional.empty()
        : Optional.of(new Unmet(Kind.REVISION, notArrived(state, sources)));
  }

  /// The commit of the GitOps repository that the application is at, once nothing is [#missing].
  CommitSha revision(ApplicationState state, FollowedSources sources) {
    return state.spec().dry().isPresent()
        ? dry(state).orElse(delivered.commit())
        : sha(at(state.sync().revisions(), sources.indexes().getFirst()))
            .orElse(delivered.commit());
  }

  /// The later commit that the application is at, if that commit does not say any more what was
  /// delivered.
  Optional<CommitSha> replacedBy(ApplicationState state, FollowedSources sources) {
    return Optional.of(revision(state, sources))
        .filter(revision -> !revision.equals(delivered.commit()))
        .filter(revision -> !history.keeps(delivered, revision));
  }

  /// Whether `operation` is about the commit or a later one, as far as Argo CD says what it synced.
  boolean carriedBy(Operation operation, ApplicationState state, FollowedSources sources) {
    return carriedBy(operation.revisions(), state, sources);
  }

  private boolean carriedBy(
      List<String> revisions, ApplicationState state, FollowedSources sources) {
    return state.spec().dry().isPresent()
        ? holdsHydrated(at(revisions, 0), state)
        : sources.indexes().stream()
            .allMatch(index -> sha(at(revisions, index)).map(this::contains).orElse(false));
  }

  private boolean contains(CommitSha revision) {
    return history.contains(delivered.commit(), revision);
  }

  private String notArrived(ApplicationState state, FollowedSources sources) {
    List<String> revisions = state.sync().revisions();
    if (state.spec().dry().isPresent()) {
      return "it is at revision %s, before the hydrated %s"
          .formatted(
              Texts.revision(at(revisions, 0)),
              Texts.revision(state.hydration().map(Hydration::hydrated).orElse("")));
    }
    String missing =
        sources.indexes().stream()
            .map(index -> at(revisions, index))
            .filter(text -> !sha(text).map(this::contains).orElse(false))
            .findFirst()
            .orElse("");
    String wanted = delivered.commit().shortened(7);
    return sha(missing)
        .map(revision ->
            history.contains(revision, delivered.commit())
                ? "it is at revision %s, older than the delivered %s"
                    .formatted(revision.shortened(7), wanted)
                : "it is at revision %s, which has no common line with the delivered %s"
                    .formatted(revision.shortened(7), wanted))
        .orElseGet(
            () -> "it has compared with no commit of %s yet".formatted(delivered.repository()));
  }

  /// The hydrator commits rendered manifests to another branch; the dry commit tells what they were
  /// made of.
  private Optional<Unmet> notHydrated(ApplicationState state) {
    if (dry(state).isPresent()) {
      return Optional.empty();
    }
    Hydration hydration =
        state.hydration().orElse(new Hydration("", "", "", "", "", "", Optional.empty()));
    boolean failed =
        hydration.phase().equals("Failed")
            && sha(hydration.current()).map(this::contains).orElse(false);
    return Optional.of(
        failed
            ? new Unmet(Kind.ERROR, "hydration failed: " + Texts.line(hydration.message()))
            : new Unmet(
                Kind.HYDRATION,
                "the hydrator is at dry commit %s, before the delivered %s"
                    .formatted(Texts.revision(hydration.dry()), delivered.commit().shortened(7))));
  }

  /// The dry commit that the hydrated manifests are up to date with, if it contains the delivered
  /// one. A commit that changed nothing for this application is compared, but not hydrated.
  private Optional<CommitSha> dry(ApplicationState state) {
    return state
        .hydration()
        .flatMap(hydration ->
            sha(hydration.dry())
                .filter(this::contains)
                .or(() ->
                    hydration.phase().equals("Hydrated")
                        ? sha(hydration.compared()).filter(this::contains)
                        : Optional.empty()));
  }

  private boolean holdsHydrated(String revision, ApplicationState state) {
    Optional<CommitSha> goal = state.hydration().map(Hydration::hydrated).flatMap(Lineage::sha);
    Optional<CommitSha> actual = sha(revision);
    if (goal.isEmpty() || actual.isEmpty()) {
      return false;
    }
    return inGitOpsRepository(state)
        ? history.contains(goal.orElseThrow(), actual.orElseThrow())
        : goal.equals(actual) || comparedSinceHydration(revision, state);
  }

  /// The history of another repository cannot be asked. But Argo CD compares with the tip of the
  /// branch that the hydrator pushed to, so a comparison after the push holds the hydrated commit.
  private static boolean comparedSinceHydration(String revision, ApplicationState state) {
    Optional<Instant> pushed = state.hydration().flatMap(Hydration::finishedAt);
    return revision.equals(at(state.sync().revisions(), 0))
        && pushed.flatMap(end -> state.reconciledAt().map(at -> at.isAfter(end))).orElse(false);
  }

  private boolean inGitOpsRepository(ApplicationState state) {
    return state.spec().sources().getFirst().isOf(RepositoryUrl.of(delivered));
  }

  private static String at(List<String> revisions, int index) {
    return index < revisions.size() ? revisions.get(index) : "";
  }

  private static Optional<CommitSha> sha(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return SHA.matcher(lower).matches() ? Optional.of(new CommitSha(lower)) : Optional.empty();
  }
}
