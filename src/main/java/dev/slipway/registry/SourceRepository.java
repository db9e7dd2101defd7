package dev.slipway.registry;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.http.PooledHttpClient;
import com.google.cloud.tools.jib.registry.ManifestReading.Received;
import com.google.cloud.tools.jib.registry.PushClient;
import dev.slipway.image.Digest;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Bytes;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestException;
import java.util.Optional;

/// One repository of a registry, to read an image from.
public final class SourceRepository implements AutoCloseable {
  private final Origin origin;
  private final PooledHttpClient http;
  private final PushClient client;
  private final Retry retry;

  SourceRepository(Origin origin, PooledHttpClient http, PushClient client, Retry retry) {
    this.origin = origin;
    this.http = http;
    this.client = client;
    this.retry = retry;
  }

  /// A manifest or index as the registry sends it, unchecked.
  ///
  /// @param mediaType empty where the registry says none
  public record Document(String mediaType, FileContent content) {}

  /// What `reference`, a tag or a digest, stands for.
  ///
  /// @throws ActionException when it is not there, or may not be read
  public Document manifest(String reference) {
    Received received = read(_ -> client.pullManifest(reference));
    return new Document(received.mediaType(), received.content());
  }

  /// A blob that is small enough for the memory.
  ///
  /// @param most bytes to read; what is larger is cut off
  /// @throws ActionException when it is not there, or may not be read
  public byte[] small(Digest digest, int most) {
    return read(_ -> {
      try (InputStream body = client.openBlob(jib(digest))) {
        return body.readNBytes(most);
      }
    });
  }

  /// A blob of any size, requested anew whenever it is opened, and checked while it is read.
  public Blob blob(Digest digest, long size) {
    return new Blob(digest, size, stream(digest, size), Optional.of(origin.name()));
  }

  /// Closes the connections.
  @Override
  public void close() {
    http.shutDown();
  }

  private Bytes stream(Digest digest, long size) {
    return () -> {
      try {
        return new CheckedBody(client.openBlob(jib(digest)), origin, digest, size);
      } catch (IOException | RegistryException | IllegalArgumentException e) {
        throw new SourceFailure(origin, e);
      }
    };
  }

  private <T> T read(Retry.Call<T> call) {
    try {
      return retry.call(call);
    } catch (RegistryFailure e) {
      throw origin.problems().of(e);
    }
  }

  private static DescriptorDigest jib(Digest digest) {
    try {
      return DescriptorDigest.fromDigest(digest.value());
    } catch (DigestException e) {
      throw new IllegalArgumentException(digest.value(), e);
    }
  }
}
