package dev.slipway.delivery;

import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import java.util.List;
import java.util.Optional;

/// One file of the GitOps repository, before and after.
///
/// @param before empty when the file is new
/// @param scalars the values that were asked for, changed or not
public record FileChange(
    String path, Optional<FileContent> before, FileContent after, List<Scalar> scalars) {

  /// One scalar that was asked for.
  ///
  /// @param from the old value
  /// @param to the new value
  public record Scalar(KeyPath key, String from, String to) {}

  /// Whether the file differs at all.
  public boolean changes() {
    return before.map(content -> !content.equals(after)).orElse(true);
  }
}
