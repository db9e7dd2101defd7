package dev.slipway.argocd;

import dev.slipway.argocd.ApplicationState.Source;
import dev.slipway.argocd.ApplicationState.Spec;
import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.Expectation.Delivered;
import dev.slipway.problem.ActionException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Which of an application's sources follow the branch that was delivered to. A Helm chart or an
/// OCI artifact beside them has versions of its own and is left out.
///
/// @param indexes places in the list of sources and of revisions; with a hydrator only the first
record FollowedSources(List<Integer> indexes) {
  // What Argo CD takes for the default branch. Whether that is the base branch is not known here.
  private static final Set<String> DEFAULT_BRANCH = Set.of("", "HEAD");

  /// Finds them.
  ///
  /// @throws ActionException when there are none: the application would never arrive
  static FollowedSources of(ApplicationName name, Spec spec, Delivered delivered) {
    if (spec.deleting()) {
      throw ArgoCdProblems.deleting(name);
    }
    List<Source> candidates = spec.dry().map(List::of).orElse(spec.sources());
    RepositoryUrl wanted = RepositoryUrl.of(delivered);
    List<Integer> ofRepository =
        IntStream.range(0, candidates.size())
            .filter(index -> candidates.get(index).isOf(wanted))
            .boxed()
            .toList();
    if (ofRepository.isEmpty()) {
      throw ArgoCdProblems.otherRepository(name, wanted, candidates);
    }
    List<Integer> followed =
        ofRepository.stream()
            .filter(index -> follows(candidates.get(index).target(), delivered.branch()))
            .toList();
    if (followed.isEmpty()) {
      String target = candidates.get(ofRepository.getFirst()).target();
      throw ArgoCdProblems.otherBranch(name, delivered, target);
    }
    return new FollowedSources(followed);
  }

  private static boolean follows(String target, String branch) {
    return DEFAULT_BRANCH.contains(target)
        || target.equals(branch)
        || target.equals("refs/heads/" + branch);
  }
}
