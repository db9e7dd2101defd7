package dev.slipway.registry;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.PushClient;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Manifest;
import java.io.IOException;
import java.net.URL;
import java.security.DigestException;
import java.util.Optional;

/// One repository of a registry. Every call is repeated where that may help.
final class RegistryConnection {
  /// How many uploads run at once, each on a connection of its own.
  static final int CONCURRENCY = 12;

  /// Blobs up to this size are sent without asking whether they are there: asking costs as much,
  /// and the config, which is one of them, hardly ever is.
  static final int SENT_UNASKED = 16 * 1024;

  // A digest that can be asked for anywhere and that no manifest has: that of no bytes.
  private static final String NOTHING =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final ImageName name;
  private final BlobPlaces places;
  private final PushClient client;
  private final Retry retry;
  private final boolean loginAccepted;

  /// @param places of the blobs that the run has seen
  RegistryConnection(ImageName name, BlobPlaces places, SignedIn signedIn, Retry retry) {
    this.name = name;
    this.places = places;
    this.client = signedIn.client();
    this.loginAccepted = signedIn.accepted();
    this.retry = retry;
  }

  /// A client, ready for its first call.
  ///
  /// @param accepted whether the registry has looked at the login by now
  record SignedIn(PushClient client, boolean accepted) {}

  /// What the registry knows about a tag or a digest.
  sealed interface Lookup {
    /// A manifest with this digest.
    record Found(String digest) implements Lookup {}

    /// Nothing, or it does not tell us.
    record Missing() implements Lookup {}

    /// Not even the repository.
    record NoRepository() implements Lookup {}

    /// Whether it is the manifest with this digest.
    default boolean is(Digest digest) {
      return this instanceof Found(String found) && found.equals(digest.value());
    }
  }

  /// What became of a blob.
  ///
  /// @param sent false: it was there
  record Delivered(boolean sent, long size) {}

  /// Finds out, by reading only, whether the login is good and the repository there. A token in
  /// exchange for the login says both: whoever gives tokens makes repositories as they are pushed.
  Lookup probe() throws RegistryFailure {
    return loginAccepted ? new Lookup.Missing() : find(NOTHING);
  }

  /// What `reference`, a tag or a digest, stands for.
  Lookup find(String reference) throws RegistryFailure {
    try {
      return new Lookup.Found(retry.call(_ -> client.manifest(reference)));
    } catch (RegistryFailure e) {
      if (e.answer().stream().anyMatch(RegistryAnswer::isRepositoryUnknown)) {
        return new Lookup.NoRepository();
      }
      // Who may push may not always read; the push itself will tell. A token that is not enough is
      // refused like no token.
      if (e.hasStatus(404) || e.hasStatus(403) || (loginAccepted && e.hasStatus(401))) {
        return new Lookup.Missing();
      }
      throw e;
    }
  }

  /// The image that `tag` stands for, all of its manifest.
  StoredImage image(String tag) throws RegistryFailure {
    return retry.call(_ -> StoredImage.of(client.pullManifest(tag)));
  }

  /// Whether the repository takes uploads; not when it is missing. Leaves an upload behind that was
  /// never begun, which registries clear away.
  boolean takesUploads() throws RegistryFailure {
    try {
      retry.call(_ -> client.startUpload(jib(NOTHING)));
      return true;
    } catch (RegistryFailure e) {
      if (e.answer().stream().anyMatch(RegistryAnswer::isRepositoryUnknown)) {
        return false;
      }
      throw e;
    }
  }

  /// Waits a while for a repository that was made just now. Whether it came, the push finds out.
  void awaitRepository() {
    try {
      retry.call(_ -> {
        try {
          return client.startUpload(jib(NOTHING));
        } catch (ResponseException e) {
          throw new IOException("not there yet: status " + e.getStatusCode());
        }
      });
    } catch (RegistryFailure _) {
      // The push fails with a better text.
    }
  }

  /// Makes sure that the repository has the blob. One that another repository of this registry has
  /// is mounted, where the registry does that.
  Delivered deliver(Blob blob) throws RegistryFailure {
    if (places.has(blob.digest(), name)) {
      return new Delivered(false, blob.size());
    }
    Delivered delivered = retry.call(new Transfer(blob, places.beside(blob, name)));
    remember(blob);
    return delivered;
  }

  /// The repository has the blob.
  void remember(Blob blob) {
    places.add(blob.digest(), name);
  }

  /// Stores the manifest under `reference`, a tag or its digest.
  ///
  /// @return the digest that it has for the registry, where it says
  Optional<String> store(Manifest manifest, String reference) throws RegistryFailure {
    return retry.call(_ -> client.pushManifest(reference, SizedContent.of(manifest)));
  }

  /// The way of one blob. A second attempt begins with a look: the answer to a commit may have been
  /// lost, not the blob.
  private final class Transfer implements Retry.Call<Delivered> {
    private final Blob blob;
    private final Optional<ImageName> neighbour;
    private boolean sent;

    Transfer(Blob blob, Optional<ImageName> neighbour) {
      this.blob = blob;
      this.neighbour = neighbour;
    }

    @Override
    public Delivered attempt(int attempt) throws IOException, RegistryException {
      DescriptorDigest digest = jib(blob.digest().value());
      boolean ask = attempt > 1 || blob.size() > SENT_UNASKED;
      boolean there =
          (attempt == 1 && neighbour.isPresent() && isMounted(digest)) || (ask && isThere(digest));
      if (!there) {
        URL location = client.startUpload(digest);
        sent = true;
        client.finishUpload(digest, location, SizedContent.of(blob));
      }
      return new Delivered(sent, blob.size());
    }

    /// A registry that cannot mount begins an upload instead, which is left alone: the blob may
    /// have come by another way.
    private boolean isMounted(DescriptorDigest digest) throws IOException, RegistryException {
      try {
        return client.mountOrStartUpload(digest, neighbour.orElseThrow().repository()).isEmpty();
      } catch (ResponseException e) {
        if (e.getStatusCode() >= 400 && e.getStatusCode() < 500 && e.getStatusCode() != 429) {
          return false;
        }
        throw e;
      }
    }

    /// A refusal to look is not the last word: an answer to HEAD has no text, that to the upload
    /// has.
    private boolean isThere(DescriptorDigest digest) throws IOException, RegistryException {
      try {
        return client.hasBlob(digest);
      } catch (ResponseException e) {
        if (e.getStatusCode() == 403) {
          return false;
        }
        throw e;
      }
    }
  }

  private static DescriptorDigest jib(String digest) {
    try {
      return DescriptorDigest.fromDigest(digest);
    } catch (DigestException e) {
      throw new IllegalArgumentException(digest, e);
    }
  }
}
