package com.google.cloud.tools.jib.registry;

import com.google.api.client.http.HttpStatusCodes;
import com.google.cloud.tools.jib.hash.Digests;
import com.google.cloud.tools.jib.http.BlobHttpContent;
import com.google.cloud.tools.jib.http.Response;
import com.google.cloud.tools.jib.http.ResponseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Reads or writes a manifest as the bytes it is. Answers its digest.
///
/// Jib's own classes read one into objects, which refuse fields they do not know, and write
/// objects.
///
/// @param content null: read
@NullMarked
record ManifestEndpoint(String route, @Nullable BlobHttpContent content)
    implements RegistryEndpointProvider<Optional<String>> {
  private static final String DIGEST_HEADER = "Docker-Content-Digest";

  // What registries accept at the most; larger is no manifest.
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  // A registry may translate a manifest, digest and all, for a client that does not name its type.
  static final List<String> TYPES =
      List.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.docker.distribution.manifest.v2+json");

  static ManifestEndpoint read(RegistryEndpointRequestProperties repository, String reference) {
    return new ManifestEndpoint(route(repository, reference), null);
  }

  static ManifestEndpoint write(
      RegistryEndpointRequestProperties repository, String reference, BlobHttpContent content) {
    return new ManifestEndpoint(route(repository, reference), content);
  }

  private static String route(RegistryEndpointRequestProperties repository, String reference) {
    return repository.getImageName() + "/manifests/" + reference;
  }

  /// Not HEAD, whose answer has no text that tells a missing repository from a missing manifest.
  @Override
  public String getHttpMethod() {
    return content == null ? "GET" : "PUT";
  }

  @Override
  public URL getApiRoute(String apiRouteBase) throws MalformedURLException {
    return URI.create(apiRouteBase + route).toURL();
  }

  @Override
  public @Nullable BlobHttpContent getContent() {
    return content;
  }

  @Override
  public List<String> getAccept() {
    return content == null ? TYPES : List.of("*/*");
  }

  /// The header's digest; where a read manifest came without one, that of its bytes.
  ///
  /// @throws IOException when a written manifest gets an answer that no registry gives
  @Override
  public Optional<String> handleResponse(Response response) throws IOException {
    List<String> digests = response.getHeader(DIGEST_HEADER);
    if (!digests.isEmpty()) {
      return Optional.of(digests.getFirst());
    }
    if (content == null) {
      return Optional.of(digestOfBody(response));
    }
    if (response.getStatusCode() != HttpStatusCodes.STATUS_CODE_CREATED) {
      throw new ProtocolException(
          "status %d instead of 201 for a manifest".formatted(response.getStatusCode()));
    }
    return Optional.empty();
  }

  private static String digestOfBody(Response response) throws IOException {
    byte[] body = response.getBody().readNBytes(MOST_BYTES);
    return Digests.computeDigest(new ByteArrayInputStream(body)).getDigest().toString();
  }

  @Override
  public Optional<String> handleHttpResponseException(ResponseException responseException)
      throws ResponseException {
    throw responseException;
  }

  @Override
  public String getActionDescription() {
    return "%s the manifest %s".formatted(content == null ? "read" : "write", route);
  }
}
