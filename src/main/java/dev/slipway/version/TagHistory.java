package dev.slipway.version;

import java.util.List;

/// Port: what the application repository knows about its tags. Needs no checkout.
public interface TagHistory {
  /// Every tag, all pages.
  List<GitTag> tags();

  /// Whether `ancestor` is `commit` itself or reachable from it.
  boolean isAncestor(CommitSha ancestor, CommitSha commit);
}
