package com.google.cloud.tools.jib.http;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.util.PublicSuffixMatcher;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.conn.SystemDefaultRoutePlanner;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Jib's HTTP client with a pool of connections: Jib opens a new one, TLS handshake included, for
/// every request.
///
/// It does not repeat requests (its caller knows better when to), never falls back from TLS to
/// anything weaker, and shows a login only to the servers that its gate lets through. It lives in
/// Jib's package because [Request] can be read, and [Response] and [ResponseException] made, only
/// there.
@NullMarked
public final class PooledHttpClient extends FailoverHttpClient {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int MOST_BYTES_OF_A_REFUSAL = 64 * 1024;

  private final ApacheHttpTransport transport;
  private final PoolingHttpClientConnectionManager pool;
  private final Gate gate;
  private final Duration longestAnswer;

  /// Decides what may be sent, and who may see a login: a registry names the servers for its tokens
  /// and uploads itself, and is not believed.
  public interface Gate {
    /// Returns when a request may go to `url`.
    ///
    /// @param login whether it has an `Authorization` header
    /// @throws IOException when it may not; nothing was sent then
    void check(URL url, boolean login) throws IOException;
  }

  /// A client that keeps up to `connections` open.
  ///
  /// @param plainHttp whether plain HTTP to this machine itself is wanted; to others it is refused
  ///   always
  /// @param longestAnswer the longest silence before and in an answer, whatever a request says
  public PooledHttpClient(int connections, boolean plainHttp, Gate gate, Duration longestAnswer) {
    super(false, false, event -> {});
    this.gate = gate;
    this.longestAnswer = longestAnswer;
    this.pool =
        new PoolingHttpClientConnectionManager(
            RegistryBuilder.<ConnectionSocketFactory>create()
                .register("https", new SecureSockets())
                .register("http", new PlainSockets(plainHttp))
                .build());
    pool.setMaxTotal(connections);
    pool.setDefaultMaxPerRoute(connections);
    this.transport =
        new ApacheHttpTransport(
            // As Google's own builder, but for its TLS: that reads certificates and a list of ten
            // thousand domains which nobody asks for beside this pool.
            HttpClientBuilder.create()
                .useSystemProperties()
                .setConnectionManager(pool)
                .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                // For cookies, of which there are none.
                .setPublicSuffixMatcher(new PublicSuffixMatcher(List.of(), List.of()))
                .build());
  }

  /// Sends `request`, once. Redirects are followed without the login.
  ///
  /// @throws ResponseException for an answer that is not a success
  /// @throws IOException when there is no answer, or the request may not be sent
  @Override
  public Response call(String method, URL url, Request request) throws IOException {
    gate.check(url, request.getHeaders().getAuthorization() != null);
    // A blob is wanted as it is stored, not in another compression.
    request.getHeaders().setAcceptEncoding("identity");
    HttpResponse response =
        transport
            .createRequestFactory()
            .buildRequest(method, new GenericUrl(url, true), request.getHttpContent())
            .setHeaders(request.getHeaders())
            .setUseRawRedirectUrls(true)
            .setSuppressUserAgentSuffix(true)
            .setConnectTimeout(CONNECT_MILLIS)
            .setReadTimeout(readMillis(request))
            .setThrowExceptionOnExecuteError(false)
            .execute();
    if (response.isSuccessStatusCode()) {
      return new Response(response);
    }
    try {
      throw new ResponseException(refusal(response), false);
    } finally {
      response.disconnect();
    }
  }

  /// Closes every connection.
  @Override
  public void shutDown() {
    pool.shutdown();
  }

  private int readMillis(Request request) {
    Integer millis = request.getHttpTimeout();
    return Math.clamp(longestAnswer.toMillis(), 1, millis == null ? CONNECT_MILLIS : millis);
  }

  /// Google's own way to make this exception reads the body without a limit, and prints a stack
  /// trace when that fails.
  private static HttpResponseException refusal(HttpResponse response) throws IOException {
    return new HttpResponseException.Builder(
            response.getStatusCode(), response.getStatusMessage(), response.getHeaders())
        .setMessage(response.getStatusCode() + " for " + response.getRequest().getRequestMethod())
        .setContent(text(response.getContent()))
        .build();
  }

  private static @Nullable String text(@Nullable InputStream body) throws IOException {
    String text =
        body == null
            ? ""
            : new String(body.readNBytes(MOST_BYTES_OF_A_REFUSAL), StandardCharsets.UTF_8);
    // Jib tells an answer without a body by null.
    return text.isEmpty() ? null : text;
  }
}
