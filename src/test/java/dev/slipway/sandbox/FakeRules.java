package dev.slipway.sandbox;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a [FakeRepository] allows and requires: its settings, branch protection, checks.
public final class FakeRules {
  /// How a pull request may be merged.
  public enum Method {
    MERGE,
    SQUASH,
    REBASE
  }

  private final Set<Method> methods = EnumSet.allOf(Method.class);
  private final Map<String, String> guarded = new LinkedHashMap<>();
  private boolean isPublic;
  private boolean archived;
  private boolean autoMerge;
  private boolean actionsMayProposeToo = true;
  private boolean checkPending;
  private boolean checkFailed;
  private boolean optionalCheckPending;
  private boolean reviewRequired;
  private boolean upToDateRequired;
  private boolean queue;
  private int unknownReads;

  /// Everybody may read it.
  public FakeRules publicly() {
    isPublic = true;
    return this;
  }

  public FakeRules archive() {
    archived = true;
    return this;
  }

  /// "Allow auto-merge".
  public FakeRules allowAutoMerge() {
    autoMerge = true;
    return this;
  }

  /// Takes that away again; it is off at first.
  public FakeRules disallowAutoMerge() {
    autoMerge = false;
    return this;
  }

  /// Allows these methods only.
  public FakeRules methods(Method... allowed) {
    methods.clear();
    methods.addAll(Set.of(allowed));
    return this;
  }

  /// Takes away "Allow GitHub Actions to create and approve pull requests".
  public FakeRules forbidActionsPullRequests() {
    actionsMayProposeToo = false;
    return this;
  }

  /// A required check that has not ended; see [FakeRepository#passChecks()].
  public FakeRules requireCheck() {
    checkPending = true;
    return this;
  }

  /// The required check ends badly.
  public FakeRules failCheck() {
    checkPending = true;
    checkFailed = true;
    return this;
  }

  /// A check that nobody requires and that has not ended.
  public FakeRules runOptionalCheck() {
    optionalCheckPending = true;
    return this;
  }

  public FakeRules requireReview() {
    reviewRequired = true;
    return this;
  }

  /// "Require branches to be up to date before merging".
  public FakeRules requireUpToDate() {
    upToDateRequired = true;
    return this;
  }

  public FakeRules useMergeQueue() {
    queue = true;
    return this;
  }

  /// Refuses every change of branches whose name begins with `prefix`, with these words.
  public FakeRules guard(String prefix, String words) {
    guarded.put(prefix, words);
    return this;
  }

  /// How many looks it takes GitHub to work out whether a pull request can be merged.
  public FakeRules unknownFor(int looks) {
    unknownReads = looks;
    return this;
  }

  void passChecks() {
    checkPending = false;
    checkFailed = false;
    optionalCheckPending = false;
  }

  boolean isPublic() {
    return isPublic;
  }

  boolean isArchived() {
    return archived;
  }

  boolean allowsAutoMerge() {
    return autoMerge;
  }

  boolean allows(Method method) {
    return methods.contains(method);
  }

  boolean actionsMayPropose() {
    return actionsMayProposeToo;
  }

  /// The required checks, and how each ended; empty: it has not.
  Map<String, Optional<String>> checks() {
    return checkPending
        ? Map.of("build", checkFailed ? Optional.of("FAILURE") : Optional.empty())
        : Map.of();
  }

  boolean hasPendingCheck() {
    return checkPending;
  }

  boolean hasPendingOptionalCheck() {
    return optionalCheckPending;
  }

  boolean requiresReview() {
    return reviewRequired;
  }

  boolean requiresUpToDate() {
    return upToDateRequired;
  }

  boolean hasMergeQueue() {
    return queue;
  }

  int unknownReads() {
    return unknownReads;
  }

  /// Why `branch` must not be changed.
  Optional<String> guardOf(String branch) {
    return guarded.entrySet().stream()
        .filter(guard -> branch.startsWith(guard.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
