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
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final List<String> ANYTHING = List.of("*/*");

  private final RegistryEndpointRequestProperties properties;
  private final Access access;
  private final String apiBase;
  private final FailoverHttpClient http;
  private final @Nullable Credential credential;

  private volatile @Nullable Authorization authorization;
  private volatile @Nullable RegistryAuthenticator authenticator;
  private volatile Consumer<String> tokens = token -> {};
  private final Map<String, Authorization> mounts = new HashMap<>();

  /// @param repository where to push, or where from
  /// @param credential null: nobody in particular
  public PushClient(
      Repository repository,
      Access access,
      FailoverHttpClient http,
      @Nullable Credential credential) {
    this.access = access;
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

  /// What tokens are asked to allow.
  public enum Access {
    READ,
    WRITE
  }

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
    Optional<RegistryAuthenticator> wanted = authenticator(properties);
    if (wanted.isPresent()) {
      authorization = token(wanted.get());
      authenticator = wanted.get();
      return true;
    }
    if (credential != null) {
      signInWithPassword();
    }
    return false;
  }

  private Optional<RegistryAuthenticator> authenticator(RegistryEndpointRequestProperties scope)
      throws IOException, RegistryException {
    return send(new AuthenticationMethodRetriever(scope, USER_AGENT, http), null);
  }

  /// The manifest that `reference`, a tag or a digest, stands for, as the registry sends it.
  public ManifestReading.Received pullManifest(String reference)
      throws IOException, RegistryException {
    return call(new ManifestReading(properties.getImageName(), reference));
  }

  /// A blob's bytes as the registry sends them. Closing them ends the request.
  public InputStream openBlob(DescriptorDigest digest) throws IOException, RegistryException {
    URL url = URI.create(apiBase + properties.getImageName() + "/blobs/" + digest).toURL();
    return new ResponseBody(
        signedIn(login ->
            http.call("GET", url, request(OTHER_ANSWER, login).setAccept(ANYTHING).build())));
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
    return call(pusher(digest, null).initializer())
        .orElseThrow(() -> new IOException("the registry finished an upload that never began"));
  }

  /// Starts an upload that is over at once where the registry has the blob under `path` and lets it
  /// be
  /// [mounted](https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#mounting-a-blob-from-another-repository).
  ///
  /// @return where the blob goes; empty when it is there
  public Optional<URL> mountOrStartUpload(DescriptorDigest digest, String path)
      throws IOException, RegistryException {
    return send(pusher(digest, path).initializer(), toMountFrom(path));
  }

  /// Sends the whole blob to where [#startUpload] said.
  public void finishUpload(DescriptorDigest digest, URL location, BlobHttpContent content)
      throws IOException, RegistryException {
    call(new WholeBlobCommit(pusher(digest, null).committer(location), content));
  }

  /// Stores a manifest under a tag or its digest.
  ///
  /// @return the digest it has for the registry; empty where the registry does not say
  public Optional<String> pushManifest(String reference, BlobHttpContent content)
      throws IOException, RegistryException {
    return call(ManifestEndpoint.write(properties, reference, content));
  }

  private BlobPusher pusher(DescriptorDigest digest, @Nullable String mountFrom) {
    return new BlobPusher(properties, digest, Blobs.from(""), mountFrom);
  }

  private <T> T call(RegistryEndpointProvider<T> endpoint) throws IOException, RegistryException {
    return signedIn(login -> send(endpoint, login));
  }

  /// A request and its answer.
  private interface Exchange<T> {
    T with(@Nullable Authorization login) throws IOException, RegistryException;
  }

  private <T> T signedIn(Exchange<T> exchange) throws IOException, RegistryException {
    Authorization used = authorization;
    try {
      return exchange.with(used);
    } catch (ResponseException e) {
      if (e.getStatusCode() != HttpStatusCodes.STATUS_CODE_UNAUTHORIZED || !renew(used)) {
        throw e;
      }
      return exchange.with(authorization);
    }
  }

  private <T> T send(RegistryEndpointProvider<T> endpoint, @Nullable Authorization login)
      throws IOException, RegistryException {
    Duration patience = endpoint.getHttpMethod().equals("PUT") ? PUT_ANSWER : OTHER_ANSWER;
    Request request =
        request(patience, login)
            .setAccept(endpoint.getAccept())
            .setBody(endpoint.getContent())
            .build();
    URL url = endpoint.getApiRoute(apiBase);
    try (Response response = http.call(endpoint.getHttpMethod(), url, request)) {
      return endpoint.handleResponse(response);
    } catch (ResponseException e) {
      return endpoint.handleHttpResponseException(e);
    }
  }

  /// What opens the other repository for reading, too: a token of its own where there are tokens.
  private synchronized @Nullable Authorization toMountFrom(String path)
      throws IOException, RegistryException {
    if (authenticator == null) {
      return authorization;
    }
    Authorization known = mounts.get(path);
    if (known == null) {
      known = tokenToMountFrom(path);
      mounts.put(path, known);
    }
    return known;
  }

  /// The usual token where the registry gives no other: the mount is refused then, which harms
  /// nothing.
  private Authorization tokenToMountFrom(String path) throws IOException {
    Authorization usual = Objects.requireNonNull(authorization);
    try {
      Optional<RegistryAuthenticator> issuer =
          authenticator(
              new RegistryEndpointRequestProperties(
                  properties.getServerUrl(), properties.getImageName(), path));
      return issuer.isPresent() ? token(issuer.get()) : usual;
    } catch (RegistryException _) {
      return usual;
    }
  }

  private static Request.Builder request(Duration patience, @Nullable Authorization login) {
    return Request.builder()
        .setUserAgent(USER_AGENT)
        .setHttpTimeout(Math.toIntExact(patience.toMillis()))
        .setAuthorization(login);
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
    Authorization token =
        switch (access) {
          case READ -> issuer.authenticatePull(credential);
          case WRITE -> issuer.authenticatePush(credential);
        };
    tokens.accept(token.getToken());
    return token;
  }
}
