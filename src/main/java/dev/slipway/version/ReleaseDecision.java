package dev.slipway.version;

/// Whether a commit becomes a release, and which.
public sealed interface ReleaseDecision {
  /// One sentence for the log.
  String why();

  /// The commit is a release already: an earlier run, or a person, made the tag.
  record Reuse(VersionTag tag) implements ReleaseDecision {
    @Override
    public String why() {
      return "the commit carries the tag " + tag.name();
    }
  }

  /// The tag is to be made.
  record Make(SemanticVersion version, String tagName, String why) implements ReleaseDecision {}

  /// Nothing asks for a release.
  record Nothing(String why) implements ReleaseDecision {}

  /// A newer commit that contains this one is a release already. A higher number for older code
  /// would be wrong.
  record Superseded(VersionTag by) implements ReleaseDecision {
    @Override
    public String why() {
      return "%s at %s already contains the commit".formatted(by.name(), by.commit().shortened(7));
    }
  }
}
