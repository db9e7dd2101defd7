package dev.slipway.registry;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.http.PooledHttpClient;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.PushClient;
import dev.slipway.image.Digest;
import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Manifest;
import java.io.IOException;
import java.net.URL;
import java.security.DigestException;
import java.util.Optional;

/// One repository of a registry. Every call is repeated where that may help.
final class RegistryConnection implements AutoCloseable {
  /// How many uploads run at once, each on a connection of its own.
  static final int CONCURRENCY = 8;

  /// Blobs up to this size are sent without asking whether they are there: asking costs as much,
  /// and the config, which is one of them, hardly ever is.
  static final int SENT_UNASKED = 16 * 1024;

  // A digest that can be asked for anywhere and that no manifest has: that of no bytes.
  private static final String NOTHING =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final PooledHttpClient http;
  private final PushClient client;
  private final Retry retry;
  private final boolean loginAccepted;

  RegistryConnection(PooledHttpClient http, PushClient client, Retry retry, boolean loginAccepted) {
    this.http = http;
    this.client = client;
    this.retry = retry;
    this.loginAccepted = loginAccepted;
  }

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

  /// Makes ready for blobs that another repository of this registry has. Where that cannot be had,
  /// they are sent.
  void signInToMountFrom(String repository) {
    try {
      retry.call(_ -> {
        client.signInToMountFrom(repository);
        return repository;
      });
    } catch (RegistryFailure _) {
      // The token that is there goes on to do what it did.
    }
  }

  /// Makes sure that the repository has the blob.
  ///
  /// @param neighbour a repository of this registry that has it
  Delivered deliver(Blob blob, Optional<String> neighbour) throws RegistryFailure {
    return retry.call(new Transfer(blob, neighbour));
  }

  /// Stores the manifest under `reference`, a tag or its digest.
  ///
  /// @return the digest that it has for the registry, where it says
  Optional<String> store(Manifest manifest, String reference) throws RegistryFailure {
    return retry.call(_ -> client.pushManifest(reference, SizedContent.of(manifest)));
  }

  @Override
  public void close() {
    http.shutDown();
  }

  /// The way of one blob. A second attempt begins with a look: the answer to a commit may have been
  /// lost, not the blob.
  private final class Transfer implements Retry.Call<Delivered> {
    private final Blob blob;
    private final Optional<String> neighbour;
    private boolean sent;

    Transfer(Blob blob, Optional<String> neighbour) {
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
        return client.mountOrStartUpload(digest, neighbour.orElseThrow()).isEmpty();
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
