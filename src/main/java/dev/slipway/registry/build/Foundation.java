package dev.slipway.registry.build;

import dev.slipway.registry.SourceRepository;
import java.util.List;
import java.util.Optional;

/// What an image is built on.
///
/// @param bases one for each platform
/// @param repository that their layers are read from; empty: they have none
record Foundation(List<Base> bases, Optional<SourceRepository> repository)
    implements AutoCloseable {

  /// Closes the connections. No layer can be read then.
  @Override
  public void close() {
    repository.ifPresent(SourceRepository::close);
  }
}
