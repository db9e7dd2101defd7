package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs that release commits of one branch at the same time, in any order, several for one commit:
/// each decides with the tags it saw, and asks again when its tag is taken.
class ConcurrentReleasesTest {
  private static final ReleasePolicy POLICY =
      new ReleasePolicy(
          new VersionSeries("v"), Bump.PATCH, Optional.empty(), SemanticVersion.parse("0.1.0"));

  private static final String[] MESSAGES = {"feat: x", "fix: x", "docs: x", "feat!: x", "Edit"};

  /// A run between looking and acting.
  private record Run(CommitSha head, ReleaseDecision decision) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void olderCodeNeverGetsTheHigherNumber(long seed) {
    Random random = new Random(seed);
    CommitGraph graph = new CommitGraph();
    List<CommitSha> branch = branch(graph, random);
    List<CommitSha> waiting = new ArrayList<>(branch);
    waiting.addAll(branch.subList(branch.size() / 2, branch.size()));
    Collections.shuffle(waiting, random);
    List<Run> running = new ArrayList<>();

    while (!waiting.isEmpty() || !running.isEmpty()) {
      if (!waiting.isEmpty() && (running.isEmpty() || random.nextBoolean())) {
        running.add(look(graph, waiting.removeLast()));
      } else {
        act(graph, running.remove(random.nextInt(running.size()))).ifPresent(waiting::add);
      }
    }

    Map<CommitSha, SemanticVersion> released = new HashMap<>();
    for (GitTag tag : graph.tags()) {
      SemanticVersion version = SemanticVersion.parse(tag.name().substring(1)).orElseThrow();
      assertThat(released.put(tag.commit(), version)).as("second tag on a commit").isNull();
    }
    assertThat(released).containsKey(branch.getLast());
    Set<SemanticVersion> inOrder = new HashSet<>();
    SemanticVersion before = SemanticVersion.of(0, 0, 0);
    for (CommitSha commit : branch) {
      Optional<SemanticVersion> version = Optional.ofNullable(released.get(commit));
      if (version.isPresent()) {
        assertThat(version.get()).isGreaterThan(before);
        before = version.get();
        inOrder.add(before);
      }
    }
    assertThat(inOrder).hasSameSizeAs(released.values());
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  private static List<CommitSha> branch(CommitGraph graph, Random random) {
    List<CommitSha> branch = new ArrayList<>(List.of(graph.commit("chore: start")));
    for (int i = 0; i < 8; i++) {
      branch.add(graph.commit(MESSAGES[random.nextInt(MESSAGES.length)], branch.getLast()));
    }
    return branch;
  }

  private static Run look(CommitGraph graph, CommitSha head) {
    Lineage lineage = POLICY.lineage(head, Optional.empty(), graph);
    Optional<CommitSha> after = lineage.previous().map(VersionTag::commit);
    return new Run(head, POLICY.decide(lineage, Judgement.of(graph.range(after, head))));
  }

  /// The commit when it has to be looked at again.
  private static Optional<CommitSha> act(CommitGraph graph, Run run) {
    return switch (run.decision()) {
      case ReleaseDecision.Make make ->
          graph.tag(make.tagName(), run.head()) ? Optional.empty() : Optional.of(run.head());
      case ReleaseDecision.Reuse _, ReleaseDecision.Superseded _, ReleaseDecision.Nothing _ ->
          Optional.empty();
    };
  }
}
