package dev.slipway.delivery;

import dev.slipway.problem.Problem;
import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A GitOps repository in memory, whose pull requests and races are scripted.
final class MemoryGitOps implements GitOpsRepository {
  final List<Proposal> proposals = new ArrayList<>();
  final List<String> messages = new ArrayList<>();
  final List<Provenance> open = new ArrayList<>();
  final Deque<Awaited> awaited = new ArrayDeque<>();
  int racesToLose;
  Runnable duringRace = () -> {};
  Runnable duringWait = () -> {};
  List<Problem> obstacles = List.of();
  List<Problem> companionProblems = List.of();
  Operation operation = Operation.CREATED;
  Merge merge = new Merge.Enabled(MergeMethod.SQUASH);

  private final List<String> events;
  private final Map<String, FileContent> files = new HashMap<>();
  private final Map<String, List<Provenance>> deliveries = new HashMap<>();
  private CommitSha head;
  private int fileCommits;

  /// An empty repository.
  ///
  /// @param events where it is told what is done here
  MemoryGitOps(CommitSha head, List<String> events) {
    this.head = head;
    this.events = events;
  }

  /// Somebody commits a file to the base branch.
  void file(String path, String text) {
    files.put(path, FileContent.of(text));
    head =
        new CommitSha(
            Integer.toHexString(0x1000_0000 + files.size() + ++fileCommits) + "0".repeat(32));
  }

  /// Slipway delivered a commit to a file.
  void delivered(String path, CommitSha commit, String target) {
    deliveries.put(
        path, List.of(new Provenance(RepositoryName.parse("acme/shop"), commit, target)));
  }

  @Override
  public Snapshot read(Optional<String> branch, Set<String> paths) {
    Map<String, FileContent> found = new HashMap<>(files);
    found.keySet().retainAll(paths);
    return new Snapshot(branch.orElse("main"), head, found, obstacles, deliveries, open);
  }

  @Override
  public Proposing propose(Snapshot base, Proposal proposal, Predicate<Provenance> newer) {
    if (!base.head().equals(head)) {
      return new BaseMoved();
    }
    events.add("propose");
    proposals.add(proposal);
    return new Proposed(
        new PullRequest(7, URI.create("https://github.com/acme/gitops/pull/7")), operation, head);
  }

  @Override
  public Optional<CommitSha> commit(Snapshot base, String message, List<FileChange> changes) {
    events.add("commit " + changes.getFirst().after().text().orElseThrow().strip());
    messages.add(message);
    if (!base.head().equals(head)) {
      return Optional.empty();
    }
    if (racesToLose > 0) {
      racesToLose--;
      duringRace.run();
      return Optional.empty();
    }
    changes.forEach(change -> files.put(change.path(), change.after()));
    return Optional.of(head);
  }

  @Override
  public Merge autoMerge(Proposed proposed, MergeMethod method) {
    events.add("arm");
    return merge;
  }

  @Override
  public List<Problem> accompany(Proposed proposed, PullRequestSettings settings) {
    return companionProblems;
  }

  @Override
  public Merge leaveOpen(Proposed proposed) {
    events.add("leave open");
    return new Merge.Off(false);
  }

  @Override
  public MergeWait mergeWait(Duration limit, Predicate<Provenance> newer, Progress progress) {
    events.add("wait");
    duringWait.run();
    return (_, _) -> awaited.removeFirst();
  }

  @Override
  public Withdrawal withdraw(String headBranch, String why) {
    events.add("withdraw");
    return new Withdrawal.NothingOpen();
  }

  @Override
  public void removeBranch(String headBranch, CommitSha tip) {
    events.add("remove branch");
  }
}
