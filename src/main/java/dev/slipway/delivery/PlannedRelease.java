package dev.slipway.delivery;

import dev.slipway.version.ReleaseDecision;
import dev.slipway.version.Verdict;
import java.util.List;
import java.util.Optional;

/// What becomes of the commit: a release, and which, or none.
///
/// @param verdicts what each commit since the last release asks for, oldest first; none where the
///   tags alone decide
/// @param publication the page of the release; empty where none is to be published
public record PlannedRelease(
    ReleaseDecision decision, List<Verdict> verdicts, Optional<Releases.Publication> publication) {
  public PlannedRelease {
    verdicts = List.copyOf(verdicts);
  }
}
