package dev.slipway.github;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Proposal;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.Fault;
import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A GitHub with one GitOps repository, and a token that may write there.
final class GitOpsWorld implements AutoCloseable {
  static final String NAME = "acme/gitops";
  static final String TOKEN = "ghs_sandbox";
  static final String FILE = "apps/shop/values.yaml";
  static final String HEAD_BRANCH = "slipway/shop-1234abcd";

  /// Short, so that a test of a stalled answer is short too.
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(90),
          Duration.ofSeconds(60));

  final FakeGitHub gitHub = FakeGitHub.start();
  final FakeRepository repository = gitHub.repository(NAME).file(FILE, "tag: v1\n");
  final StoppedClock clock = new StoppedClock();
  final GitOpsRepository adapter;

  GitOpsWorld() {
    gitHub.grant(TOKEN, NAME, Grant.WRITE);
    adapter = adapter(Optional.of(new Secret(TOKEN)));
  }

  /// The same repository through another token.
  GitOpsRepository adapter(Optional<Secret> token) {
    return new GitHubApi(gitHub.apiUrl(), token, PATIENCE, clock)
        .gitOpsRepository(RepositoryName.parse(NAME));
  }

  GitOpsRepository adapter(String token) {
    return adapter(Optional.of(new Secret(token)));
  }

  Snapshot read() {
    return adapter.read(Optional.empty(), Set.of(FILE));
  }

  /// Proposes `tag: TAG` on the present head of the base branch.
  Proposed propose(String tag) {
    return propose(read(), proposal(tag));
  }

  /// Proposes to the base branch as it is, with nothing newer about.
  Proposed propose(Snapshot base, Proposal proposal) {
    return propose(adapter, base, proposal);
  }

  static Proposed propose(GitOpsRepository adapter, Snapshot base, Proposal proposal) {
    return (Proposed) adapter.propose(base, proposal, _ -> false);
  }

  static Proposal proposal(String tag) {
    return proposal(Map.of(FILE, "tag: " + tag + "\n"), "Deploy shop " + tag);
  }

  static Proposal proposal(Map<String, String> files, String title) {
    List<FileChange> changes =
        files.entrySet().stream()
            .map(file ->
                new FileChange(
                    file.getKey(), Optional.empty(), FileContent.of(file.getValue()), List.of()))
            .toList();
    return new Proposal(
        HEAD_BRANCH,
        title + "\n\nSlipway-Source: acme/shop@" + "a".repeat(40) + "\n",
        title,
        "Body of " + title,
        false,
        changes);
  }

  /// The first pull request.
  FakePullRequest pullRequest() {
    return repository.pullRequests().getFirst();
  }

  /// The pull request is merged, and nothing came after it.
  Merge merged() {
    return new Merge.Merged(new CommitSha(repository.head("main")));
  }

  /// Plays the same fault several times.
  void fault(String request, int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      gitHub.fault(request, fault);
    }
  }

  @Override
  public void close() {
    gitHub.close();
  }
}
