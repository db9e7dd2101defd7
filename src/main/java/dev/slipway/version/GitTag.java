package dev.slipway.version;

/// A tag of the application repository.
///
/// @param name without `refs/tags/`
/// @param commit the commit it points at, annotated tags peeled
public record GitTag(String name, CommitSha commit) {}
