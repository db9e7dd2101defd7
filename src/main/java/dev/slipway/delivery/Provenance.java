package dev.slipway.delivery;

import dev.slipway.version.CommitSha;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where a commit of Slipway in the GitOps repository comes from, as its trailers say.
///
/// @param repository the application repository
/// @param commit the commit that was delivered
/// @param target names the values that were set; two services of one repository may share a file,
///   and one must not stand in the other's way
public record Provenance(RepositoryName repository, CommitSha commit, String target) {
  private static final String TARGET_TRAILER = "Slipway-Target";

  /// Reads a commit message; empty when Slipway did not write it.
  public static Optional<Provenance> of(String message) {
    Map<String, String> trailers =
        message
            .lines()
            .map(line -> line.split(": ", 2))
            .filter(parts -> parts.length == 2)
            .collect(
                Collectors.toMap(parts -> parts[0], parts -> parts[1].strip(), (_, last) -> last));
    String[] source = trailers.getOrDefault(GitOpsRepository.SOURCE_TRAILER, "").split("@", 2);
    try {
      return source.length < 2
          ? Optional.empty()
          : Optional.of(
              new Provenance(
                  RepositoryName.parse(source[0]),
                  new CommitSha(source[1]),
                  trailers.getOrDefault(TARGET_TRAILER, "")));
    } catch (IllegalArgumentException _) {
      // A person may write anything into a message.
      return Optional.empty();
    }
  }

  /// Whether both deliver the same values of the same application.
  boolean isBeside(Provenance other) {
    return repository.equals(other.repository) && target.equals(other.target);
  }

  /// The trailers, one a line.
  String trailers() {
    return "%s: %s@%s\n%s: %s\n"
        .formatted(GitOpsRepository.SOURCE_TRAILER, repository, commit, TARGET_TRAILER, target);
  }
}
