package dev.slipway.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A pull request of a [FakeRepository].
public final class FakePullRequest {
  /// What may become of it.
  public enum State {
    OPEN,
    CLOSED,
    MERGED
  }

  private final int number;
  private final String headBranch;
  private final String baseBranch;
  private final List<String> companions = new ArrayList<>();
  private String title;
  private String body;
  private State state = State.OPEN;
  private boolean draft;
  private boolean queued;
  private boolean approved;
  private Optional<String> autoMerge = Optional.empty();
  private Optional<String> mergeCommit = Optional.empty();
  private String head;
  private int unknownReads;

  FakePullRequest(int number, String headBranch, String baseBranch, String title, String body) {
    this.number = number;
    this.headBranch = headBranch;
    this.baseBranch = baseBranch;
    this.title = title;
    this.body = body;
    this.head = "";
  }

  public int number() {
    return number;
  }

  public String headBranch() {
    return headBranch;
  }

  public String baseBranch() {
    return baseBranch;
  }

  public String title() {
    return title;
  }

  public String body() {
    return body;
  }

  public State state() {
    return state;
  }

  /// The tip of its branch, as it was while it was open.
  public String head() {
    return head;
  }

  /// The method of auto-merge while that is enabled: `SQUASH`, `MERGE` or `REBASE`.
  public Optional<String> autoMerge() {
    return autoMerge;
  }

  public Optional<String> mergeCommit() {
    return mergeCommit;
  }

  public boolean isQueued() {
    return queued;
  }

  void accompany(String companion) {
    companions.add(companion);
  }

  /// Its labels and people: `label deploy`, `reviewer octocat`, `team ops`, `assignee hubot`.
  public List<String> companions() {
    return List.copyOf(companions);
  }

  /// Makes it a draft.
  public void draft() {
    draft = true;
  }

  /// Closes it without merging, as a person may.
  public void close() {
    state = State.CLOSED;
    autoMerge = Optional.empty();
    queued = false;
  }

  /// A person reviews it.
  public void approve() {
    approved = true;
  }

  public boolean isDraft() {
    return draft;
  }

  boolean isApproved() {
    return approved;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  void retell(Optional<String> newTitle, Optional<String> newBody) {
    title = newTitle.orElse(title);
    body = newBody.orElse(body);
  }

  /// @param unknown how many looks it takes GitHub to work out whether it can be merged
  void headMoved(String commit, int unknown) {
    head = commit;
    unknownReads = unknown;
  }

  /// Whether GitHub is still working out if it can be merged.
  boolean isUnknown() {
    return unknownReads > 0;
  }

  /// Each look brings the end of that nearer.
  void looked() {
    unknownReads = Math.max(0, unknownReads - 1);
  }

  void enableAutoMerge(String method) {
    autoMerge = Optional.of(method);
  }

  /// Somebody disables auto-merge, as a person may too.
  public void disableAutoMerge() {
    autoMerge = Optional.empty();
  }

  void enqueue() {
    queued = true;
  }

  void dequeue() {
    queued = false;
  }

  void merged(String commit) {
    state = State.MERGED;
    mergeCommit = Optional.of(commit);
    autoMerge = Optional.empty();
  }
}
