package dev.slipway.version;

import java.util.List;
import java.util.Optional;

/// A commit among the version tags of its series.
///
/// @param tags all version tags of the series, wherever they are
/// @param here the tag on the commit itself that is its release
/// @param previous the highest release before the commit, a pre-release when such a series is
///   released; the commits after it are what is new
/// @param base the highest stable release before the commit; a bump starts from it
/// @param newer the highest release that already contains the commit
public record Lineage(
    CommitSha head,
    List<VersionTag> tags,
    Optional<VersionTag> here,
    Optional<VersionTag> previous,
    Optional<VersionTag> base,
    Optional<VersionTag> newer) {
  public Lineage {
    tags = List.copyOf(tags);
  }
}
