package dev.slipway.registry;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.image.Digest;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.registry.ImageContent.Source;
import dev.slipway.registry.RegistryConnection.Delivered;
import dev.slipway.registry.RegistryConnection.Lookup;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One push: sends what is missing, then points the tags at it.
///
/// The order is the registry's law: blobs before the manifests that name them, manifests before the
/// indexes that name those, and tags last, so that nothing half-done can be seen.
final class ImagePush {
  // A raw layer is compressed on all cores; the second one fills the gaps of the first.
  private static final int COMPRESSED_AT_ONCE = 2;

  private final Destination to;
  private final RegistryConnection registry;
  private final ImageContent content;
  private final List<Source> blobs;
  private final List<Tag> tags;

  /// @param tags at least one; the first is set before the others
  ImagePush(Destination to, RegistryConnection registry, ImageContent content, List<Tag> tags) {
    this.to = to;
    this.registry = registry;
    this.content = content;
    this.blobs = content.blobs();
    this.tags = tags;
  }

  /// Pushes. What is there already is not sent again.
  Pushed run() throws RegistryFailure, IOException {
    // Raw layers are what takes longest: they are compressed while the registry is asked.
    try (Workers finishing = Workers.atMost(COMPRESSED_AT_ONCE)) {
      return push(
          largestFirst(blobs).stream()
              .map(source -> finishing.start(source, Source::finish))
              .toList());
    }
  }

  private Pushed push(List<CompletableFuture<Blob>> finished) throws RegistryFailure, IOException {
    Optional<Digest> stated = content.summary().digest();
    Lookup found = registry.find(stated.map(Digest::value).orElse(tags.getFirst().value()));
    return switch (found) {
      case Lookup.Found _ when stated.isPresent() ->
          found.is(stated.get()) ? retag() : send(finished);
      case Lookup.Found _ -> compare(found, finished);
      case Lookup.Missing _ -> send(finished);
      case Lookup.NoRepository _ ->
          to.makeRepository(registry) ? sendToNew(finished) : send(finished);
    };
  }

  /// A repository that was made for this push is of no use without it.
  private Pushed sendToNew(List<CompletableFuture<Blob>> finished) {
    try {
      return send(finished);
    } catch (RegistryFailure e) {
      throw to.takeBack(to.problems().of(e));
    } catch (IOException e) {
      throw to.takeBack(to.problems().unreadable(e));
    } catch (ActionException e) {
      throw to.takeBack(e);
    }
  }

  /// The tag is there, and perhaps this image. If its config is, then so is the rest, however
  /// somebody compressed it.
  private Pushed compare(Lookup tagged, List<CompletableFuture<Blob>> finished)
      throws RegistryFailure, IOException {
    if (content.config().isPresent()) {
      StoredImage stored = registry.image(tags.getFirst().value());
      if (stored.hasConfig(content.config().get())) {
        return retag(stored.manifest(), tags.subList(1, tags.size()));
      }
    }
    Digest digest = root().digest();
    boolean isThere = tagged.is(digest) || registry.find(digest.value()).is(digest);
    return isThere ? retag() : send(finished);
  }

  /// All of the image is there; other images may find some of it here.
  private Pushed retag() throws RegistryFailure, IOException {
    Pushed pushed = retag(root(), tags);
    for (Source blob : blobs) {
      registry.remember(blob.finish());
    }
    return pushed;
  }

  /// The image is there, and so is everything in it: registries keep no manifest without its blobs.
  ///
  /// @param unsure tags that may be elsewhere
  private Pushed retag(Manifest root, List<Tag> unsure) throws RegistryFailure, IOException {
    List<Tag> stale = elsewhere(unsure, root.digest());
    if (!stale.isEmpty()) {
      point(stale, root);
    }
    return new Pushed(root.digest(), !stale.isEmpty(), 0, blobs.size(), 0);
  }

  private List<Tag> elsewhere(List<Tag> unsure, Digest digest) throws RegistryFailure, IOException {
    return each(
            unsure,
            tag -> registry.find(tag.value()).is(digest) ? Optional.<Tag>empty() : Optional.of(tag))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Pushed send(List<CompletableFuture<Blob>> finished) throws RegistryFailure, IOException {
    List<Delivered> delivered = sendBlobs(finished);
    Manifest root = root();
    storeParts();
    point(tags, root);
    List<Delivered> sent = delivered.stream().filter(Delivered::sent).toList();
    return new Pushed(
        root.digest(),
        true,
        sent.size(),
        blobs.size() - sent.size(),
        sent.stream().mapToLong(Delivered::size).sum());
  }

  private List<Delivered> sendBlobs(List<CompletableFuture<Blob>> finished)
      throws RegistryFailure, IOException {
    try (Workers sending = Workers.atMost(RegistryConnection.CONCURRENCY)) {
      return Workers.all(
          finished.stream().map(blob -> sending.then(blob, registry::deliver)).toList());
    }
  }

  /// Whatever begins last ends last, so that had better be small.
  static List<Source> largestFirst(List<Source> blobs) {
    return blobs.stream().sorted(Comparator.comparingLong(Source::sizeHint).reversed()).toList();
  }

  /// Images next to each other, then the indexes of a root that has indexes in it, one by one.
  private void storeParts() throws RegistryFailure, IOException {
    List<Manifest> parts = content.manifests().subList(0, content.manifests().size() - 1);
    each(parts.stream().filter(part -> !isIndex(part)).toList(), this::storeByDigest);
    for (Manifest index : parts.stream().filter(ImagePush::isIndex).toList()) {
      storeByDigest(index);
    }
  }

  private static boolean isIndex(Manifest manifest) {
    return manifest.mediaType().contains("index") || manifest.mediaType().contains("list");
  }

  private Digest storeByDigest(Manifest manifest) throws RegistryFailure {
    return store(manifest, manifest.digest().value());
  }

  /// The first tag alone, so that a registry that refuses it gets no other one either.
  private void point(List<Tag> wanted, Manifest root) throws RegistryFailure, IOException {
    point(wanted.getFirst(), root);
    each(wanted.subList(1, wanted.size()), tag -> point(tag, root));
  }

  private Digest point(Tag tag, Manifest root) throws RegistryFailure {
    try {
      return store(root, tag.value());
    } catch (RegistryFailure refused) {
      if (refused.answer().stream().noneMatch(RegistryAnswer::isTagImmutable)) {
        throw refused;
      }
      Lookup now = registry.find(tag.value());
      if (now.is(root.digest())) {
        return root.digest();
      }
      throw to.problems().tagCannotMove(tag, root.digest(), now);
    }
  }

  private Digest store(Manifest manifest, String reference) throws RegistryFailure {
    Optional<String> stored = registry.store(manifest, reference);
    if (stored.isPresent() && !stored.get().equals(manifest.digest().value())) {
      throw to.problems().storedDifferently(manifest.digest(), stored.get());
    }
    return manifest.digest();
  }

  private static <A, B> List<B> each(List<A> inputs, Workers.Work<A, B> work)
      throws RegistryFailure, IOException {
    try (Workers workers = Workers.atMost(RegistryConnection.CONCURRENCY)) {
      return Workers.all(inputs.stream().map(input -> workers.start(input, work)).toList());
    }
  }

  private Manifest root() throws IOException {
    for (Source source : blobs) {
      source.finish();
    }
    return content.manifests().getLast();
  }
}
