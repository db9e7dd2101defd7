package dev.slipway.github;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.RepositoryName;
import java.util.Map;

/// Takes back an auto-merge that an earlier run enabled on one pull request.
record Disarming(GitHubApi api, RepositoryName repository, Proposed proposed) {
  static final String DISABLE =
      """
      mutation DisableAutoMerge($input: DisablePullRequestAutoMergeInput!) {
        disablePullRequestAutoMerge(input: $input) { clientMutationId }
      }
      """;

  /// Saying the same twice does no harm, so a lost answer needs only another look.
  Merge settle() {
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      MergeState state = look();
      if (state.mergeCommit().isPresent() && state.state().equals("MERGED")) {
        return new Merge.Merged(state.mergeCommit().get());
      }
      if (state.queued()) {
        return new Merge.Queued(false);
      }
      if (state.armed().isEmpty()) {
        return new Merge.Off(attempts.again());
      }
      try {
        api.graphQl().mutate(DISABLE, Map.of("input", Map.of("pullRequestId", state.id())));
        return new Merge.Off(true);
      } catch (Lost lost) {
        attempts.failed(lost);
      }
    }
  }

  private MergeState look() {
    return MergeState.of(
        api.graphQl()
            .ask(
                repository,
                MergeState.DOCUMENT,
                Map.of("number", proposed.pullRequest().number())));
  }
}
