package com.google.cloud.tools.jib.registry;

import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.http.BlobHttpContent;
import com.google.cloud.tools.jib.http.Response;
import com.google.cloud.tools.jib.http.ResponseException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Jib's commit of an upload, with the whole blob in it: [POST then
/// PUT](https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#post-then-put).
@NullMarked
record WholeBlobCommit(RegistryEndpointProvider<Void> commit, BlobHttpContent blob)
    implements RegistryEndpointProvider<Void> {
  @Override
  public String getHttpMethod() {
    return commit.getHttpMethod();
  }

  @Override
  public URL getApiRoute(String apiRouteBase) throws MalformedURLException {
    return commit.getApiRoute(apiRouteBase);
  }

  @Override
  public BlobHttpContent getContent() {
    return blob;
  }

  @Override
  public List<String> getAccept() {
    return commit.getAccept();
  }

  @Override
  public Void handleResponse(Response response) throws IOException, RegistryException {
    return commit.handleResponse(response);
  }

  @Override
  public Void handleHttpResponseException(ResponseException responseException)
      throws ResponseException, RegistryErrorException {
    return commit.handleHttpResponseException(responseException);
  }

  @Override
  public String getActionDescription() {
    return commit.getActionDescription();
  }
}
