package dev.slipway.version;

import java.util.Optional;

/// The version of a commit.
///
/// @param text `1.2.3` where the commit carries the version tag, else `1.2.3-a1b2c3d`: the base
///   version and seven digits of the commit
/// @param base the tagged version, or the one the commit builds on
/// @param tag the version tag on the commit itself
/// @param why one sentence for the log
public record ResolvedVersion(
    String text, SemanticVersion base, Optional<GitTag> tag, String why) {}
