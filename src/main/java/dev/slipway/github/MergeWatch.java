package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.GitOpsRepository.Awaited;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.MergeWait;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Provenance;
import dev.slipway.delivery.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Waits until a pull request is merged, and helps where auto-merge was lost.
final class MergeWatch implements MergeWait {
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /// A `GITHUB_TOKEN` has 1,000 requests an hour, which all jobs of a repository share.
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final int MOST_REPAIRS = 5;

  private final GitHubApi api;
  private final Refusals refusals;
  private final Conditions conditions;
  private final Instant deadline;
  private RepositoryName repository;
  private String told = "";
  private int repairs;

  /// What a wait is bounded by, and whom it tells.
  record Conditions(Duration limit, Predicate<Provenance> newer, Progress progress) {}

  MergeWatch(GitHubApi api, Refusals refusals, Conditions conditions) {
    this.api = api;
    this.refusals = refusals;
    this.conditions = conditions;
    this.deadline = api.waiting().now().plus(conditions.limit());
    this.repository = refusals.repository();
  }

  @Override
  public Awaited await(Proposed proposed, Optional<MergeMethod> method) {
    return refusals.translating(Refusals.Deed.READ, () -> watch(proposed, method));
  }

  private Awaited watch(Proposed proposed, Optional<MergeMethod> method) {
    Duration pause = SHORTEST;
    boolean failedBefore = false;
    while (true) {
      Hindrances look = look(proposed);
      Optional<Awaited> end = end(look, proposed).or(() -> repaired(look, proposed, method));
      if (end.isPresent()) {
        if (end.get() instanceof Awaited.Outdated) {
          // Making it anew has no limit of its own.
          pause(proposed, look, SHORTEST);
        }
        return end.get();
      }
      if (!look.failed().isEmpty() && failedBefore) {
        throw MergeProblems.checksFailed(repository, proposed.pullRequest(), look.failed());
      }
      failedBefore = !look.failed().isEmpty();
      tell(proposed, look);
      pause(proposed, look, pause);
      pause = min(pause.multipliedBy(3).dividedBy(2), LONGEST);
    }
  }

  private Hindrances look(Proposed proposed) {
    JsonNode answer =
        api.graphQl()
            .ask(
                repository, Hindrances.DOCUMENT, Map.of("number", proposed.pullRequest().number()));
    repository = RepositoryName.parse(answer.path("nameWithOwner").asText());
    return Hindrances.of(answer);
  }

  private Optional<Awaited> end(Hindrances look, Proposed proposed) {
    MergeState state = look.state();
    boolean ours = state.head().equals(proposed.head().value());
    Optional<Provenance> overtaking =
        look.provenance().filter(_ -> !ours).filter(conditions.newer());
    if (overtaking.isPresent()) {
      return overtaking.map(Awaited.Overtaken::new);
    }
    if (state.state().equals("MERGED")) {
      return state.mergeCommit().map(Awaited.Merged::new);
    }
    if (state.state().equals("CLOSED")) {
      throw MergeProblems.closed(repository, proposed.pullRequest());
    }
    // What is not ours may be what GitHub has not noticed yet.
    return ours && state.needsNewBase() ? Optional.of(new Awaited.Outdated()) : Optional.empty();
  }

  /// GitHub disables auto-merge when somebody touches the pull request in certain ways.
  private Optional<Awaited> repaired(
      Hindrances look, Proposed proposed, Optional<MergeMethod> method) {
    MergeState state = look.state();
    if (method.isEmpty()
        || state.armed().isPresent()
        || state.queued()
        || !(state.isReady() || state.rules().autoMerge())
        || repairs == MOST_REPAIRS) {
      return Optional.empty();
    }
    repairs++;
    return switch (new AutoMerge(api, refusals, proposed, method.get()).settle()) {
      case Merge.Merged(var commit) -> Optional.of(new Awaited.Merged(commit));
      case Merge.Outdated _ -> Optional.of(new Awaited.Outdated());
      case Merge.Off _, Merge.Enabled _, Merge.Queued _, Merge.Unavailable _ -> Optional.empty();
    };
  }

  private void tell(Proposed proposed, Hindrances look) {
    if (!look.missing().equals(told)) {
      told = look.missing();
      conditions
          .progress()
          .waiting("Pull request #%d".formatted(proposed.pullRequest().number()), told);
    }
  }

  private void pause(Proposed proposed, Hindrances look, Duration wanted) {
    Duration left = Duration.between(api.waiting().now(), deadline);
    if (!left.isPositive()) {
      throw MergeProblems.timedOut(repository, proposed.pullRequest(), conditions.limit(), look);
    }
    api.waiting().pause(min(wanted, left));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
