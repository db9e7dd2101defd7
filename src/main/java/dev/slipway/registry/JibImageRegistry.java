package dev.slipway.registry;

import dev.slipway.delivery.ImageRegistry;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.SecretKeeper;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Tag;
import dev.slipway.registry.RegistryConnection.Lookup;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The chosen registry, spoken to with Jib. Images are pushed as they are: every blob and manifest
/// byte for byte. Safe for use by several threads.
public final class JibImageRegistry implements ImageRegistry, AutoCloseable {
  private final Supplier<KnownRegistry> choice;
  private final Function<ImageSource, ImageContent> images;
  private final RegistryConnector connector;
  private Optional<RegistrySession> session = Optional.empty();

  /// @param images opens an image on disk, checked
  /// @param secrets told every password and token before its first use
  /// @param pace of the run
  public JibImageRegistry(
      RegistryAccess access,
      Function<ImageSource, ImageContent> images,
      SecretKeeper secrets,
      Pace pace) {
    this(access::registry, images, RegistryConnector.at(pace, secrets));
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
    return session().registry().name(repository);
  }

  @Override
  public Readiness check(ImageName name) {
    Destination to = destination(name);
    try {
      if (!(session().to(name).probe() instanceof Lookup.NoRepository)) {
        return Readiness.READY;
      }
      to.expectRepository();
      return to.registry().creates() ? Readiness.TO_BE_CREATED : Readiness.READY;
    } catch (RegistryFailure e) {
      throw to.problems().of(e);
    }
  }

  @Override
  public Optional<Digest> find(ImageName name, Tag tag) {
    Destination to = destination(name);
    try {
      return session().to(name).find(tag.value()) instanceof Lookup.Found(String digest)
          ? Optional.of(new Digest(digest))
          : Optional.empty();
    } catch (RegistryFailure e) {
      throw to.problems().of(e);
    }
  }

  @Override
  public Pushed push(ImageSource source, ImageName name, List<Tag> tags) {
    Destination to = destination(name);
    try (ImageContent content = images.apply(source)) {
      return new ImagePush(to, session().to(name), content, tags).run();
    } catch (RegistryFailure e) {
      throw to.problems().of(e);
    } catch (IOException e) {
      throw to.problems().unreadable(e);
    }
  }

  /// Closes the connections. They are kept until then: what [#check] opened, [#push] uses.
  @Override
  public synchronized void close() {
    session.ifPresent(RegistrySession::close);
  }

  private Destination destination(ImageName name) {
    return new Destination(session().registry(), name);
  }

  /// Not before it is needed: a missing login is a problem beside other problems.
  private synchronized RegistrySession session() {
    RegistrySession known = session.orElseGet(() -> new RegistrySession(choice.get(), connector));
    session = Optional.of(known);
    return known;
  }
}
