package dev.slipway.version;

/// A git tag that names a version.
public record VersionTag(GitTag tag, SemanticVersion version) {
  /// The tag's name, prefix included.
  public String name() {
    return tag.name();
  }

  /// The commit it points at.
  public CommitSha commit() {
    return tag.commit();
  }
}
