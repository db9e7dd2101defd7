package dev.slipway.delivery;

import dev.slipway.version.CommitSha;

/// Port: the commits of a repository.
public interface CommitHistory {
  /// Whether `commit` is `ancestor` or came after it. A commit that the repository does not know
  /// contains nothing.
  boolean contains(CommitSha ancestor, CommitSha commit);
}
