package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Merge.Unavailable;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.RepositoryName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.github.GHPullRequest;

/// Gets one pull request merged, or told to merge itself, or says why not.
///
/// GitHub enables auto-merge only while something is missing, and merges only when nothing is, and
/// what it knows changes in between. So this looks, takes one step, and after a refusal looks
/// again, a bounded number of times.
final class AutoMerge {
  private static final int ROUNDS = 9;
  private static final int MOST_REFUSALS = 4;
  private static final int LONGEST_PAUSE_SECONDS = 8;

  static final String ENABLE =
      """
      mutation EnableAutoMerge($input: EnablePullRequestAutoMergeInput!) {
        enablePullRequestAutoMerge(input: $input) { pullRequest { id } }
      }
      """;
  static final String ENQUEUE =
      """
      mutation Enqueue($input: EnqueuePullRequestInput!) {
        enqueuePullRequest(input: $input) { mergeQueueEntry { id } }
      }
      """;

  /// What a look leads to.
  private sealed interface Step {}

  /// Something to ask of GitHub.
  private enum Action implements Step {
    /// To merge it later.
    ENABLE,
    /// To merge it, or to put it into the merge queue, now.
    MERGE
  }

  /// What has become of it.
  private sealed interface Result extends Step {
    /// This is the end.
    record End(Merge merge) implements Result {}

    /// Look again, and in the end give up with `otherwise`.
    record LookAgain(Unavailable otherwise, boolean atOnce) implements Result {}
  }

  private final GitHubApi api;
  private final Refusals refusals;
  private final Proposed proposed;
  private final MergeMethod method;
  private RepositoryName repository;
  private boolean mayEnable = true;
  private boolean wrote;
  private int refusedSteps;

  AutoMerge(GitHubApi api, Refusals refusals, Proposed proposed, MergeMethod method) {
    this.api = api;
    this.refusals = refusals;
    this.proposed = proposed;
    this.method = method;
    this.repository = refusals.repository();
  }

  /// Looks and steps until it is settled.
  Merge settle() {
    Unavailable otherwise = StaysOpen.undecided();
    for (int round = 0; round < ROUNDS; round++) {
      MergeState state = look();
      switch (take(next(state), state)) {
        case Result.End(Merge merge) -> {
          return merge;
        }
        case Result.LookAgain(Unavailable reason, boolean atOnce) -> {
          otherwise = reason;
          if (!atOnce) {
            api.waiting().pause(Duration.ofSeconds(Math.min(LONGEST_PAUSE_SECONDS, 1L << round)));
          }
        }
      }
    }
    return otherwise;
  }

  private Result take(Step step, MergeState state) {
    return switch (step) {
      case Action.ENABLE -> take(enable(state), state);
      case Action.MERGE -> state.rules().queue() ? enqueue(state) : mergeNow(state);
      case Result result -> result;
    };
  }

  private MergeState look() {
    JsonNode answer =
        api.graphQl()
            .ask(
                repository, MergeState.DOCUMENT, Map.of("number", proposed.pullRequest().number()));
    repository = RepositoryName.parse(answer.path("nameWithOwner").asText());
    return MergeState.of(answer);
  }

  private Step next(MergeState state) {
    if (state.mergeCommit().isPresent() && state.state().equals("MERGED")) {
      return new Result.End(new Merge.Merged(state.mergeCommit().get()));
    }
    if (state.state().equals("CLOSED")) {
      return new Result.End(StaysOpen.closed());
    }
    if (!state.head().equals(proposed.head().value())) {
      // The pull request may need a moment to notice that its branch moved.
      return again(StaysOpen.movedOn(state.head()));
    }
    if (state.queued()) {
      return new Result.End(new Merge.Queued(wrote));
    }
    if (state.needsNewBase()) {
      return new Result.End(
          new Merge.Outdated(
              state.status().equals("BEHIND") ? StaysOpen.BEHIND : StaysOpen.CONFLICT));
    }
    return state
        .armed()
        .<Step>map(armed -> new Result.End(new Merge.Enabled(armed, wrote)))
        .orElseGet(() -> obstacle(state).<Step>map(Result.End::new).orElseGet(() -> begin(state)));
  }

  private Optional<Unavailable> obstacle(MergeState state) {
    if (state.draft()) {
      return Optional.of(StaysOpen.draft());
    }
    if (!state.rules().queue() && !state.rules().methods().contains(method)) {
      return Optional.of(StaysOpen.method(method, state.rules().methods()));
    }
    return Optional.empty();
  }

  private Step begin(MergeState state) {
    boolean enable = mayEnable && state.rules().autoMerge();
    if (state.isReady()) {
      // What is unstable gets its chance to become clean.
      return enable && state.status().equals("UNSTABLE") ? Action.ENABLE : Action.MERGE;
    }
    if (enable) {
      return Action.ENABLE;
    }
    return state.isUnknown()
        ? again(StaysOpen.undecided())
        : new Result.End(StaysOpen.blocked(state.status()));
  }

  private Step enable(MergeState state) {
    Map<String, Object> input = new LinkedHashMap<>(expecting(state));
    input.put("mergeMethod", method.name());
    try {
      api.graphQl().mutate(ENABLE, Map.of("input", input));
      return new Result.End(new Merge.Enabled(method, true));
    } catch (Lost lost) {
      wrote = true;
      return again(StaysOpen.undecided());
    } catch (Refused refused) {
      if (refused.says("clean status")
          || refused.says("unstable status")
          || refused.says("rules not configured")) {
        return Action.MERGE;
      }
      if (refused.says("not allowed for this repository")) {
        mayEnable = false;
        return again(StaysOpen.refused(refused));
      }
      return afterRefusal(refused);
    }
  }

  private static Map<String, Object> expecting(MergeState state) {
    return Map.of("pullRequestId", state.id(), "expectedHeadOid", state.head());
  }

  private Result enqueue(MergeState state) {
    try {
      api.graphQl().mutate(ENQUEUE, Map.of("input", expecting(state)));
      return new Result.End(new Merge.Queued(true));
    } catch (Lost lost) {
      wrote = true;
      return again(StaysOpen.undecided());
    } catch (Refused refused) {
      return afterRefusal(refused);
    }
  }

  /// What became of it, the next look tells: the library keeps the answer to itself, and it may be
  /// lost.
  private Result mergeNow(MergeState state) {
    try {
      api.library()
          .call(() -> {
            // Without a message of ours GitHub keeps the commit's own, with its trailers.
            api.library()
                .pullRequest(repository, proposed.pullRequest().number())
                .merge(null, state.head(), GHPullRequest.MergeMethod.valueOf(method.name()));
            return state;
          });
      return new Result.LookAgain(StaysOpen.undecided(), true);
    } catch (Lost lost) {
      return again(StaysOpen.undecided());
    } catch (Refused refused) {
      // 405: not mergeable after all, or a method that is not allowed; 409: the head has moved.
      return refused.says("are not allowed on this repository")
          ? new Result.End(StaysOpen.refused(refused))
          : afterRefusal(refused);
    }
  }

  private Result afterRefusal(Refused refused) {
    if (refused.status() == 401) {
      throw refused;
    }
    if (refused.is("FORBIDDEN")
        || refused.says("Resource not accessible by")
        || refused.status() == 403) {
      return new Result.End(StaysOpen.notPermitted(refused, refusals.token(), refusals.input()));
    }
    refusedSteps++;
    return refusedSteps < MOST_REFUSALS
        ? again(StaysOpen.refused(refused))
        : new Result.End(StaysOpen.refused(refused));
  }

  private static Result again(Unavailable otherwise) {
    return new Result.LookAgain(otherwise, false);
  }
}
