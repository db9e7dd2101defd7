package dev.slipway.delivery;

import dev.slipway.version.Bump;
import dev.slipway.version.PreReleaseIdentifier;
import java.util.Optional;

/// How the commit is to become a release, where the author asked for that.
///
/// @param page whether a GitHub Release is published for the tag
/// @param defaultBump the bump when no commit asks for one
/// @param preRelease the series of pre-releases to make; empty: releases
/// @param path only commits that touch this file or folder count; empty: all
public record Releasing(
    boolean page,
    Bump defaultBump,
    Optional<PreReleaseIdentifier> preRelease,
    Optional<String> path,
    OnSuperseded onSuperseded) {}
