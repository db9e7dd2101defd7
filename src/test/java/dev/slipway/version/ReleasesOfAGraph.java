package dev.slipway.version;

import java.util.Optional;
import java.util.function.Predicate;

/// Decisions about the commits of a graph, each with all tags that the graph has by then.
abstract class ReleasesOfAGraph {
  final CommitGraph graph = new CommitGraph();

  /// Without pre-releases, and without a version to begin with.
  static ReleasePolicy policy(String prefix, Bump defaultBump) {
    return new ReleasePolicy(
        new VersionSeries(prefix), defaultBump, Optional.empty(), Optional.empty());
  }

  /// A commit without a parent that carries a tag.
  CommitSha released(String tagName) {
    CommitSha commit = graph.commit("chore: " + tagName);
    graph.tag(tagName, commit);
    return commit;
  }

  /// Makes the tag that the policy decides on.
  void release(ReleasePolicy policy, CommitSha head) {
    graph.tag(made(policy, head).tagName(), head);
  }

  /// The decision, which has to be to make a release.
  ReleaseDecision.Make made(ReleasePolicy policy, CommitSha head) {
    return (ReleaseDecision.Make) decide(policy, head);
  }

  ReleaseDecision decide(ReleasePolicy policy, CommitSha head) {
    return decide(policy, head, _ -> true);
  }

  ReleaseDecision decide(ReleasePolicy policy, CommitSha head, Predicate<CommitSha> touching) {
    Lineage lineage = policy.lineage(head, Optional.empty(), graph);
    Optional<CommitSha> after = lineage.previous().map(VersionTag::commit);
    return policy.decide(lineage, Judgement.of(graph.range(after, head), touching));
  }

  static VersionTag tag(String name, CommitSha commit) {
    return new VersionTag(new GitTag(name, commit), version(name.substring(name.indexOf('v') + 1)));
  }

  static SemanticVersion version(String text) {
    return SemanticVersion.parse(text).orElseThrow();
  }
}
