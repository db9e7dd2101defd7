package com.google.cloud.tools.jib.registry;

import com.google.cloud.tools.jib.http.BlobHttpContent;
import com.google.cloud.tools.jib.http.Response;
import com.google.cloud.tools.jib.http.ResponseException;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Reads a whole manifest as the bytes it is.
@NullMarked
public record ManifestReading(String repository, String reference)
    implements RegistryEndpointProvider<ManifestReading.Received> {

  /// A manifest as it came.
  ///
  /// @param mediaType empty where the registry says none
  public record Received(String mediaType, FileContent content) {}

  @Override
  public String getHttpMethod() {
    return "GET";
  }

  @Override
  public URL getApiRoute(String apiRouteBase) throws MalformedURLException {
    return URI.create(apiRouteBase + repository + "/manifests/" + reference).toURL();
  }

  @Override
  public @Nullable BlobHttpContent getContent() {
    return null;
  }

  @Override
  public List<String> getAccept() {
    return ManifestEndpoint.TYPES;
  }

  /// The body, of which more than any registry accepts is not read.
  @Override
  public Received handleResponse(Response response) throws IOException {
    byte[] body = response.getBody().readNBytes(ManifestEndpoint.MOST_BYTES + 1);
    if (body.length > ManifestEndpoint.MOST_BYTES) {
      throw new ProtocolException(
          "a manifest of more than %d bytes".formatted(ManifestEndpoint.MOST_BYTES));
    }
    List<String> types = response.getHeader("Content-Type");
    String type = types.isEmpty() ? "" : types.getFirst();
    return new Received(type.replaceFirst(";.*", "").strip(), FileContent.of(body));
  }

  @Override
  public Received handleHttpResponseException(ResponseException responseException)
      throws ResponseException {
    throw responseException;
  }

  @Override
  public String getActionDescription() {
    return "read the manifest %s of %s".formatted(reference, repository);
  }
}
