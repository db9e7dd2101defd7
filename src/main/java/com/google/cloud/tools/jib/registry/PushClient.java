package com.google.cloud.tools.jib.registry;

import com.google.api.client.http.HttpStatusCodes;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.http.Authorization;
import com.google.cloud.tools.jib.http.BlobHttpContent;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.http.Request;
import com.google.cloud.tools.jib.http.Response;
import com.google.cloud.tools.jib.http.ResponseException;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// One repository of a registry, as a push needs it: [RegistryClient] for images that are finished.
///
/// Made of the parts that [RegistryClient] is made of (sign-in, blob check, start and commit of an
/// upload). It differs where that one cannot push verbatim or pushes slowly: manifests are bytes
/// and not objects, a blob is sent whole with the commit (two requests instead of three, with a
/// length), and a failure keeps the registry's status and text. It lives in Jib's package because
/// those parts do. Safe for use by several threads.
@NullMarked
public final class PushClient {
  private static final String USER_AGENT = "slipway";

  // A registry may copy a whole layer to its store before it answers the commit.
  private static final Duration PUT_ANSWER = Duration.ofMinutes(5);
  private static final Duration OTHER_ANSWER = Duration.ofMinutes(1);

  private final RegistryEndpointRequestProperties properties;
  private final String apiBase;
  private final FailoverHttpClient http;
  private final @Nullable Credential credential;

  private volatile @Nullable Authorization authorization;
  private volatile @Nullable RegistryAuthenticator authenticator;
  private volatile Consumer<String> tokens = token -> {};

  /// @param repository where to push
  /// @param credential null: nobody in particular
  public PushClient(
      Repository repository, FailoverHttpClient http, @Nullable Credential credential) {
    this.properties = new RegistryEndpointRequestProperties(repository.host(), repository.path());
    this.apiBase = repository.scheme() + "://" + repository.host() + "/v2/";
    this.http = http;
    this.credential = credential;
  }

  /// A repository of a registry.
  ///
  /// @param scheme `https`, or `http` on this machine
  /// @param host with its port where it is not the scheme's own
  public record Repository(String scheme, String host, String path) {}

  /// Sends the login with every request, without asking the registry how it wants it.
  public void signInWithPassword() {
    Credential known = credential;
    if (known == null) {
      throw new IllegalStateException("no login");
    }
    authorization = Authorization.fromBasicCredentials(known.getUsername(), known.getPassword());
  }

  /// Asks the registry how it wants the login, and trades it for a token where it wants that.
  ///
  /// @param tokens told each token before its first use
  /// @return whether it was traded, and so accepted; otherwise it is sent with every request
  public boolean signIn(Consumer<String> tokens) throws IOException, RegistryException {
    this.tokens = tokens;
    Optional<RegistryAuthenticator> wanted =
        call(new AuthenticationMethodRetriever(properties, USER_AGENT, http));
    if (wanted.isEmpty()) {
      signInWithPassword();
      return false;
    }
    authenticator = wanted.get();
    authorization = token(wanted.get());
    return true;
  }

  /// The digest of the manifest that `reference`, a tag or a digest, stands for.
  ///
  /// @throws ResponseException with status 404 when there is none
  public String manifest(String reference) throws IOException, RegistryException {
    return call(ManifestEndpoint.read(properties, reference)).orElseThrow();
  }

  /// Whether the repository has the blob.
  public boolean hasBlob(DescriptorDigest digest) throws IOException, RegistryException {
    return call(new BlobChecker(properties, digest)).isPresent();
  }

  /// Starts an upload, which can be left alone without harm. Fails where the repository is missing
  /// or may not be written.
  ///
  /// @return where the blob goes
  public URL startUpload(DescriptorDigest digest) throws IOException, RegistryException {
    return call(pusher(digest).initializer())
        .orElseThrow(() -> new IOException("the registry finished an upload that never began"));
  }

  /// Sends the whole blob to where [#startUpload] said.
  public void finishUpload(DescriptorDigest digest, URL location, BlobHttpContent content)
      throws IOException, RegistryException {
    call(new WholeBlobCommit(pusher(digest).committer(location), content));
  }

  /// Stores a manifest under a tag or its digest.
  ///
  /// @return the digest it has for the registry; empty where the registry does not say
  public Optional<String> pushManifest(String reference, BlobHttpContent content)
      throws IOException, RegistryException {
    return call(ManifestEndpoint.write(properties, reference, content));
  }

  private BlobPusher pusher(DescriptorDigest digest) {
    return new BlobPusher(properties, digest, Blobs.from(""), null);
  }

  private <T> T call(RegistryEndpointProvider<T> endpoint) throws IOException, RegistryException {
    Authorization used = authorization;
    try {
      return send(endpoint, used);
    } catch (ResponseException e) {
      if (e.getStatusCode() != HttpStatusCodes.STATUS_CODE_UNAUTHORIZED || !renew(used)) {
        throw e;
      }
      return send(endpoint, authorization);
    }
  }

  private <T> T send(RegistryEndpointProvider<T> endpoint, @Nullable Authorization login)
      throws IOException, RegistryException {
    Duration patience = endpoint.getHttpMethod().equals("PUT") ? PUT_ANSWER : OTHER_ANSWER;
    Request request =
        Request.builder()
            .setUserAgent(USER_AGENT)
            .setHttpTimeout(Math.toIntExact(patience.toMillis()))
            .setAccept(endpoint.getAccept())
            .setBody(endpoint.getContent())
            .setAuthorization(login)
            .build();
    URL url = endpoint.getApiRoute(apiBase);
    try (Response response = http.call(endpoint.getHttpMethod(), url, request)) {
      return endpoint.handleResponse(response);
    } catch (ResponseException e) {
      return endpoint.handleHttpResponseException(e);
    }
  }

  /// Gets a new token when `stale` is one that expired during the push. Threads that notice it
  /// together get one together.
  private synchronized boolean renew(@Nullable Authorization stale) throws RegistryException {
    RegistryAuthenticator issuer = authenticator;
    if (issuer == null) {
      return false;
    }
    if (Objects.equals(authorization, stale)) {
      authorization = token(issuer);
    }
    return true;
  }

  private Authorization token(RegistryAuthenticator issuer) throws RegistryException {
    Authorization token = issuer.authenticatePush(credential);
    tokens.accept(token.getToken());
    return token;
  }
}
