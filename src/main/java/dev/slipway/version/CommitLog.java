package dev.slipway.version;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Port: the commits of the application repository. Needs no checkout.
public interface CommitLog {
  /// The commits that `head` has and `after` has not, oldest first. Without `after`, the newest
  /// ones of `head`, as many as the notes of a first release need.
  List<Commit> since(Optional<CommitSha> after, CommitSha head);

  /// Which commits of the same range touch `path`, a file or a folder.
  Set<CommitSha> touching(String path, Optional<CommitSha> after, CommitSha head);
}
