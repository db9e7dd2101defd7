package dev.slipway.registry;

import com.google.cloud.tools.jib.http.PooledHttpClient;
import dev.slipway.image.ImageName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A run's dealings with the registry that it pushes to: one pool of connections, one sign-in for
/// each repository, and what was learnt about blobs. Safe for use by several threads.
final class RegistrySession implements AutoCloseable {
  private final KnownRegistry registry;
  private final RegistryConnector connector;
  private final Map<ImageName, Way> ways = new ConcurrentHashMap<>();
  private final BlobPlaces places = new BlobPlaces();
  private Optional<PooledHttpClient> http = Optional.empty();

  RegistrySession(KnownRegistry registry, RegistryConnector connector) {
    this.registry = registry;
    this.connector = connector;
  }

  KnownRegistry registry() {
    return registry;
  }

  /// The connection to a repository. Whoever comes first signs in, others wait for that.
  RegistryConnection to(ImageName name) throws RegistryFailure {
    return ways.computeIfAbsent(name, Way::new).connection();
  }

  /// Closes the connections.
  @Override
  public synchronized void close() {
    http.ifPresent(PooledHttpClient::shutDown);
  }

  /// Only the first use brings out where the registry is.
  private synchronized PooledHttpClient http() {
    PooledHttpClient known = http.orElseGet(() -> connector.http(registry.address()));
    http = Optional.of(known);
    return known;
  }

  /// The way to one repository. A sign-in that failed is tried again by the next who comes.
  private final class Way {
    private final ImageName name;
    private Optional<RegistryConnection> connection = Optional.empty();

    Way(ImageName name) {
      this.name = name;
    }

    synchronized RegistryConnection connection() throws RegistryFailure {
      if (connection.isEmpty()) {
        Destination to = new Destination(registry, name);
        connection =
            Optional.of(
                new RegistryConnection(
                    name, places, connector.open(to, http()), connector.retry()));
      }
      return connection.get();
    }
  }
}
