package dev.slipway.version;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A repository in memory: commits with parents, and tags. Reachability is walked, not claimed.
final class CommitGraph implements TagHistory {
  private final Map<CommitSha, Set<CommitSha>> parents = new HashMap<>();
  private final Map<CommitSha, Commit> commits = new LinkedHashMap<>();
  private final Map<String, CommitSha> tags = new LinkedHashMap<>();

  /// Adds a commit; without a parent it is a root.
  CommitSha commit(String message, CommitSha... parentsOfIt) {
    CommitSha sha = new CommitSha("%07x".formatted(commits.size() + 1) + "c".repeat(33));
    commits.put(sha, new Commit(sha, message));
    parents.put(sha, new LinkedHashSet<>(List.of(parentsOfIt)));
    return sha;
  }

  /// Makes a tag as GitHub does: whether it was made, which it is not where the name is taken.
  boolean tag(String name, CommitSha commit) {
    return tags.putIfAbsent(name, commit) == null;
  }

  /// The commits of `head` that `after` does not have, oldest first.
  List<Commit> range(Optional<CommitSha> after, CommitSha head) {
    Set<CommitSha> known = after.map(this::reachable).orElse(Set.of());
    Set<CommitSha> wanted = reachable(head);
    return commits.values().stream()
        .filter(commit -> wanted.contains(commit.sha()) && !known.contains(commit.sha()))
        .toList();
  }

  @Override
  public List<GitTag> tags() {
    List<GitTag> list = new ArrayList<>();
    tags.forEach((name, commit) -> list.add(new GitTag(name, commit)));
    return list;
  }

  @Override
  public boolean isAncestor(CommitSha ancestor, CommitSha commit) {
    return reachable(commit).contains(ancestor);
  }

  private Set<CommitSha> reachable(CommitSha from) {
    Set<CommitSha> seen = new LinkedHashSet<>();
    Deque<CommitSha> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      CommitSha next = open.pop();
      if (seen.add(next)) {
        open.addAll(parents.get(next));
      }
    }
    return seen;
  }
}
