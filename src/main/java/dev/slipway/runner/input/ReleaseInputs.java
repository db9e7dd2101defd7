package dev.slipway.runner.input;

import dev.slipway.delivery.OnSuperseded;
import dev.slipway.delivery.Releasing;
import dev.slipway.version.Bump;
import dev.slipway.version.PreReleaseIdentifier;
import java.util.Optional;

/// The inputs that say whether and how the commit becomes a release.
final class ReleaseInputs {
  private final InputTexts inputs;

  ReleaseInputs(InputTexts inputs) {
    this.inputs = inputs;
  }

  /// Empty for `release: none`, and, with problems, when something is wrong.
  Optional<Releasing> read() {
    Optional<Boolean> page =
        inputs
            .parsed(Input.RELEASE, ReleaseInputs::page, "Write `none`, `tag` or `release`.")
            .flatMap(wanted -> wanted);
    Optional<Bump> bump =
        inputs.parsed(
            Input.DEFAULT_BUMP,
            ReleaseInputs::bump,
            "Write `patch`, `minor`, `major`, or `none` to release only what a commit asks for.");
    Optional<PreReleaseIdentifier> preRelease =
        inputs.parsed(
            Input.PRERELEASE, PreReleaseIdentifier::new, "Write a word such as `prerelease: rc`.");
    Optional<String> path =
        inputs.parsed(
            Input.RELEASE_PATH,
            ReleaseInputs::path,
            "Write a folder or file of the repository, such as `release-path: services/api`.");
    OnSuperseded onSuperseded = SupersededInput.read(inputs);
    return page.flatMap(wanted ->
        bump.map(byDefault -> new Releasing(wanted, byDefault, preRelease, path, onSuperseded)));
  }

  /// Whether a page is published; empty for no release at all.
  private static Optional<Boolean> page(String text) {
    return switch (text) {
      case "none" -> Optional.empty();
      case "tag" -> Optional.of(false);
      case "release" -> Optional.of(true);
      default -> throw new IllegalArgumentException("there is no such kind of release");
    };
  }

  private static Bump bump(String text) {
    return Bump.named(text)
        .orElseThrow(() -> new IllegalArgumentException("there is no such bump"));
  }

  /// GitHub finds nothing under a path that does not begin at the repository's root, and says so to
  /// nobody.
  private static String path(String text) {
    String path = text.startsWith("./") ? text.substring(2) : text;
    if (path.isEmpty() || path.startsWith("/") || path.matches("(.*/)?\\.\\.?(/.*)?|.*[*\\\\].*")) {
      throw new IllegalArgumentException(
          "it is no plain path from the repository's root, without `..`, `*` and `\\`");
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
