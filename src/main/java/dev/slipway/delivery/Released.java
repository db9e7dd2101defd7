package dev.slipway.delivery;

import java.util.Optional;

/// What a run did for the release.
///
/// @param tagged whether it made the tag
/// @param page empty where none was to be published
record Released(boolean tagged, Optional<Releases.Page> page) {
  /// There was nothing to release.
  static final Released NOTHING = new Released(false, Optional.empty());

  /// Whether something is released that was not before.
  boolean isNew() {
    return tagged
        || page.filter(known -> known.operation() == Releases.Operation.CREATED).isPresent();
  }

  /// Whether anything was written.
  boolean changed() {
    return tagged || page.filter(known -> known.operation() != Releases.Operation.NONE).isPresent();
  }
}
