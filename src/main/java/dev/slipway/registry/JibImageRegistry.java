package dev.slipway.registry;

import dev.slipway.delivery.ImageRegistry;
import dev.slipway.delivery.SecretKeeper;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Tag;
import dev.slipway.registry.RegistryConnection.Lookup;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The chosen registry, spoken to with Jib. Images are pushed as they are: every blob and manifest
/// byte for byte.
public final class JibImageRegistry implements ImageRegistry, AutoCloseable {
  private final Supplier<KnownRegistry> choice;
  private final Function<ImageSource, ImageContent> images;
  private final RegistryConnector connector;
  private final Map<ImageName, RegistryConnection> connections = new HashMap<>();
  private Optional<KnownRegistry> known = Optional.empty();

  /// @param images opens an image on disk, checked
  /// @param secrets told every password and token before its first use
  public JibImageRegistry(
      RegistryAccess access, Function<ImageSource, ImageContent> images, SecretKeeper secrets) {
    this(access::registry, images, new RegistryConnector(Retry.patiently(), secrets));
  }

  JibImageRegistry(
      Supplier<KnownRegistry> choice,
      Function<ImageSource, ImageContent> images,
      RegistryConnector connector) {
    this.choice = choice;
    this.images = images;
    this.connector = connector;
  }

  @Override
  public ImageName name(String repository) {
    return registry().name(repository);
  }

  @Override
  public void check(ImageName name) {
    Destination to = new Destination(registry(), name);
    try {
      if (connection(to).probe() instanceof Lookup.NoRepository) {
        to.expectRepository();
      }
    } catch (RegistryFailure e) {
      throw to.problems().of(e);
    }
  }

  @Override
  public Pushed push(ImageSource source, ImageName name, List<Tag> tags) {
    Destination to = new Destination(registry(), name);
    try (ImageContent content = images.apply(source)) {
      return new ImagePush(to, connection(to), content, tags).run();
    } catch (RegistryFailure e) {
      throw to.problems().of(e);
    } catch (IOException e) {
      throw to.problems().unreadable(e);
    }
  }

  /// Closes the connections. They are kept until then: what [#check] opened, [#push] uses.
  @Override
  public void close() {
    connections.values().forEach(RegistryConnection::close);
  }

  /// Not before it is needed: a missing login is a problem beside other problems.
  private KnownRegistry registry() {
    KnownRegistry chosen = known.orElseGet(choice);
    known = Optional.of(chosen);
    return chosen;
  }

  private RegistryConnection connection(Destination to) throws RegistryFailure {
    RegistryConnection known = connections.get(to.name());
    if (known != null) {
      return known;
    }
    RegistryConnection opened = connector.open(to);
    connections.put(to.name(), opened);
    return opened;
  }
}
