package dev.slipway.argocd;

import dev.slipway.delivery.Expectation.Delivered;
import dev.slipway.delivery.GitOpsHistory;
import dev.slipway.delivery.Ticker;
import dev.slipway.values.FileContent;
import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A history that is asked seldom, however often an application is looked at. History does not
/// change, so a yes is for ever. A no is asked again now and then: the host may not have known a
/// commit that was just pushed.
final class RememberedHistory implements GitOpsHistory {
  private static final Duration NO_HOLDS = Duration.ofMinutes(1);

  private final GitOpsHistory history;
  private final Ticker ticker;
  private final Map<List<CommitSha>, Duration> noes = new HashMap<>();
  private final Set<List<CommitSha>> yeses = new HashSet<>();
  private final Map<CommitSha, Boolean> kept = new HashMap<>();

  RememberedHistory(GitOpsHistory history, Ticker ticker) {
    this.history = history;
    this.ticker = ticker;
  }

  @Override
  public boolean contains(CommitSha ancestor, CommitSha commit) {
    List<CommitSha> question = List.of(ancestor, commit);
    if (ancestor.equals(commit) || yeses.contains(question)) {
      return true;
    }
    Duration now = ticker.elapsed();
    Duration askAgain = noes.getOrDefault(question, now);
    if (now.compareTo(askAgain) < 0) {
      return false;
    }
    boolean contains = history.contains(ancestor, commit);
    if (contains) {
      yeses.add(question);
    } else {
      noes.put(question, now.plus(NO_HOLDS));
    }
    return contains;
  }

  @Override
  public boolean keeps(Delivered delivered, CommitSha commit) {
    return kept.computeIfAbsent(commit, key -> history.keeps(delivered, key));
  }

  @Override
  public List<Change> changes(CommitSha head, Set<String> paths) {
    return history.changes(head, paths);
  }

  @Override
  public Map<String, FileContent> at(CommitSha commit, Set<String> paths) {
    return history.at(commit, paths);
  }
}
