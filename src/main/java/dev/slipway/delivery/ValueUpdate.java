package dev.slipway.delivery;

import dev.slipway.template.Template;
import dev.slipway.values.KeyPath;
import java.util.Optional;
import java.util.Set;

/// One line of `gitops-update`: the scalar at `key` in `file` becomes `value`.
///
/// @param file path in the GitOps repository
/// @param replaceable the only values that may be replaced; empty: any
public record ValueUpdate(
    String file, KeyPath key, Template value, Optional<Set<String>> replaceable) {
  /// An update that replaces whatever is there.
  public ValueUpdate(String file, KeyPath key, Template value) {
    this(file, key, value, Optional.empty());
  }

  /// Whether it may be made where `old` stands now and `now` is to stand.
  boolean mayReplace(String old, String now) {
    return old.equals(now) || replaceable.map(known -> known.contains(old)).orElse(true);
  }
}
