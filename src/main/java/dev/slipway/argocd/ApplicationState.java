package dev.slipway.argocd;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An application as one answer of Argo CD describes it;
/// [fields](https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml). Status
/// words stay text: a later Argo CD may say new ones.
///
/// @param requested whether an operation is asked for or under way
/// @param operation the last operation, or the one under way; Argo CD clears it when a new one is
///   asked for
/// @param errors conditions whose type ends in `Error`
/// @param reconciledAt when the last full comparison began, to the second
/// @param podImages images of the application's pods, also of lingering old ones
record ApplicationState(
    Spec spec,
    Sync sync,
    Health health,
    boolean requested,
    Optional<Operation> operation,
    List<Condition> errors,
    Optional<Instant> reconciledAt,
    Optional<Hydration> hydration,
    List<Resource> resources,
    List<String> podImages) {

  boolean synced() {
    return sync.status().equals("Synced");
  }

  /// Whether sync and health were compared after the last operation ended. Right after it the
  /// health is the old one.
  boolean fresh() {
    Optional<Instant> finished = operation.flatMap(Operation::finishedAt);
    return reconciledAt
        .map(at -> finished.map(end -> !at.isBefore(end)).orElse(true))
        .orElse(false);
  }

  /// What the application is meant to be.
  ///
  /// @param sources what is synced; with a hydrator, where the hydrated manifests lie
  /// @param dry the hydrator's source
  /// @param generatePaths the annotation `argocd.argoproj.io/manifest-generate-paths`
  record Spec(
      String project,
      List<Source> sources,
      Optional<Source> dry,
      boolean autoSync,
      boolean deleting,
      Optional<String> generatePaths) {}

  /// One source.
  ///
  /// @param target branch, tag, commit or version; empty: the default branch
  /// @param git false for a Helm chart or an OCI artifact
  record Source(String url, String target, boolean git) {
    boolean isOf(RepositoryUrl repository) {
      return git && RepositoryUrl.parse(url).equals(repository);
    }
  }

  /// The comparison.
  ///
  /// @param revisions one for each source, in the sources' order
  record Sync(String status, List<String> revisions) {}

  /// Health of the application, or of one resource.
  record Health(String status, String message) {}

  /// A sync.
  ///
  /// @param revisions what was synced, one for each source; empty where Argo CD does not say
  record Operation(
      String phase,
      String message,
      List<String> revisions,
      Optional<Instant> finishedAt,
      long retries) {
    boolean succeeded() {
      return phase.equals("Succeeded");
    }

    /// Ended badly, with every retry spent: while retries are left the phase stays `Running`.
    boolean failed() {
      return phase.equals("Failed") || phase.equals("Error");
    }
  }

  /// An error that Argo CD shows at the application.
  record Condition(String type, String message) {}

  /// The source hydrator's work.
  ///
  /// @param dry the dry commit of the last hydration that succeeded
  /// @param hydrated the commit it made
  /// @param compared the dry commit that was looked at last, also where nothing had to be hydrated
  /// @param current the dry commit of the hydration under way, or of the last one
  record Hydration(
      String dry,
      String hydrated,
      String compared,
      String current,
      String phase,
      String message,
      Optional<Instant> finishedAt) {}

  /// One managed resource.
  ///
  /// @param prune whether it is to be deleted
  record Resource(String kind, String name, String status, Health health, boolean prune) {
    @Override
    public String toString() {
      return kind + "/" + name;
    }
  }
}
