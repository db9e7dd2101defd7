package com.google.cloud.tools.jib.registry;

import com.google.api.client.http.HttpStatusCodes;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.http.Authorization;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.http.Request;
import com.google.cloud.tools.jib.http.Response;
import com.google.cloud.tools.jib.http.ResponseException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// One repository of a registry, as a pull needs it: [RegistryClient] for images that stay as they
/// are.
///
/// Signs in as that one does. It differs where that one loses something: a manifest is its bytes,
/// whatever fields it has, and a blob is a stream that can be sent on. It lives in Jib's package
/// because the sign-in does. Safe for use by several threads.
@NullMarked
public final class BaseImageClient {
  private static final String USER_AGENT = "slipway";
  private static final Duration ANSWER = Duration.ofMinutes(1);

  private final RegistryEndpointRequestProperties properties;
  private final String apiBase;
  private final FailoverHttpClient http;
  private final @Nullable Credential credential;
  private final Consumer<String> tokens;

  private volatile @Nullable Authorization authorization;
  private volatile boolean asked;

  /// Nothing is sent yet.
  ///
  /// @param credential null: nobody in particular
  /// @param tokens told each token before its first use
  public BaseImageClient(
      PushClient.Repository repository,
      FailoverHttpClient http,
      @Nullable Credential credential,
      Consumer<String> tokens) {
    this.properties = new RegistryEndpointRequestProperties(repository.host(), repository.path());
    this.apiBase =
        "%s://%s/v2/%s/".formatted(repository.scheme(), repository.host(), repository.path());
    this.http = http;
    this.credential = credential;
    this.tokens = tokens;
  }

  /// An answer on its way.
  ///
  /// @param mediaType empty where the registry does not say
  /// @param body to be closed
  public record Answer(String mediaType, InputStream body) {}

  /// The manifest or index that `reference`, a tag or a digest, stands for.
  ///
  /// @throws ResponseException with status 404 when there is none
  public Answer manifest(String reference) throws IOException, RegistryException {
    return get("manifests/" + reference, ManifestEndpoint.TYPES);
  }

  /// A config or layer.
  public Answer blob(String digest) throws IOException, RegistryException {
    return get("blobs/" + digest, List.of());
  }

  private Answer get(String path, List<String> types) throws IOException, RegistryException {
    if (!asked) {
      signIn(null);
    }
    Authorization used = authorization;
    try {
      return send(path, types, used);
    } catch (ResponseException e) {
      // A token lives a few minutes only.
      if (e.getStatusCode() != HttpStatusCodes.STATUS_CODE_UNAUTHORIZED || used == null) {
        throw e;
      }
      signIn(used);
      return send(path, types, authorization);
    }
  }

  /// Asks the registry how it wants the login, and trades it, or nothing, for a token where it
  /// wants that.
  private synchronized void signIn(@Nullable Authorization stale)
      throws IOException, RegistryException {
    if (asked && !Objects.equals(authorization, stale)) {
      return;
    }
    Optional<RegistryAuthenticator> wanted = authenticator();
    if (wanted.isPresent()) {
      Authorization token = wanted.get().authenticatePull(credential);
      tokens.accept(token.getToken());
      authorization = token;
    } else if (credential != null) {
      authorization =
          Authorization.fromBasicCredentials(credential.getUsername(), credential.getPassword());
    }
    asked = true;
  }

  private Optional<RegistryAuthenticator> authenticator() throws IOException, RegistryException {
    var question = new AuthenticationMethodRetriever(properties, USER_AGENT, http);
    String root = apiBase.substring(0, apiBase.indexOf("/v2/") + 4);
    try (Response response =
        http.call("GET", question.getApiRoute(root), request(List.of(), null))) {
      return question.handleResponse(response);
    } catch (ResponseException e) {
      return question.handleHttpResponseException(e);
    }
  }

  private Answer send(String path, List<String> types, @Nullable Authorization login)
      throws IOException {
    Response response = http.call("GET", URI.create(apiBase + path).toURL(), request(types, login));
    try {
      List<String> type = response.getHeader("Content-Type");
      return new Answer(type.isEmpty() ? "" : type.getFirst(), new Body(response));
    } catch (IOException e) {
      response.close();
      throw e;
    }
  }

  private static Request request(List<String> types, @Nullable Authorization login) {
    return Request.builder()
        .setUserAgent(USER_AGENT)
        .setHttpTimeout(Math.toIntExact(ANSWER.toMillis()))
        .setAccept(types)
        .setAuthorization(login)
        .build();
  }

  /// The connection goes back to the pool when the body is closed.
  private static final class Body extends FilterInputStream {
    private final Response response;

    Body(Response response) throws IOException {
      super(response.getBody());
      this.response = response;
    }

    @Override
    public void close() throws IOException {
      response.close();
    }
  }
}
