package dev.slipway.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.delivery.RetryPolicy;
import dev.slipway.delivery.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLHandshakeException;

/// The way to GitHub that REST and GraphQL share: the token, time-outs, retries, rate limits.
///
/// The token goes to the API's own address only, and a redirect is an answer, never a way to go.
/// Reads are sent again after a fault; a write whose answer is missing ends in [Lost].
final class Transport implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  // Room for the largest file that is read, in Base64; as a tree it has to fit into the heap.
  private static final int LARGEST_ANSWER = 16 * 1024 * 1024;
  private static final int TOO_EARLY = 425;

  private final ApiAddress address;
  private final Optional<Secret> token;
  private final Patience patience;
  private final Waiting waiting;
  private final RateLimits limits;
  private Optional<HttpClient> client = Optional.empty();

  Transport(ApiAddress address, Optional<Secret> token, Patience patience, Waiting waiting) {
    this.address = address;
    this.token = token;
    this.patience = patience;
    this.waiting = waiting;
    this.limits = new RateLimits(waiting, patience.rateLimits());
  }

  /// Made for the first request: it takes longer than any other part of a run that sends none.
  private synchronized HttpClient client() {
    HttpClient known = client.orElseGet(this::newClient);
    client = Optional.of(known);
    return known;
  }

  private HttpClient newClient() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // Few requests, one after the other: nothing to multiplex.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience.connect());
    // The proxy's login; this client does not take the JVM's default by itself.
    Optional.ofNullable(Authenticator.getDefault()).ifPresent(builder::authenticator);
    return builder.build();
  }

  /// Ends the client's own thread.
  @Override
  public synchronized void close() {
    client.ifPresent(HttpClient::shutdownNow);
  }

  ApiAddress address() {
    return address;
  }

  Optional<Secret> token() {
    return token;
  }

  Waiting waiting() {
    return waiting;
  }

  RateLimits limits() {
    return limits;
  }

  Backoff backoff() {
    return new Backoff(waiting, patience.retries());
  }

  /// Sends `call` and returns the answer when its status is 2xx.
  ///
  /// @throws Refused for 3xx and 4xx
  /// @throws Lost for a write without an answer
  /// @throws dev.slipway.problem.ActionException when GitHub cannot be reached or a rate limit
  ///   lasts too long
  Answer send(Call call) {
    if (!address.owns(call.target())) {
      throw GitHubProblems.foreignHost(address, call.target());
    }
    Backoff backoff = backoff();
    while (true) {
      Optional<Answer> answer = attempt(call, backoff);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
  }

  /// Empty: to be sent again, now.
  private Optional<Answer> attempt(Call call, Backoff backoff) {
    Answer answer;
    try {
      answer = exchange(call);
    } catch (IOException e) {
      afterFailure(call, backoff, e);
      return Optional.empty();
    }
    if (limits.hit(answer)) {
      limits.await(answer);
      return Optional.empty();
    }
    if (RetryPolicy.mayPass(answer.status())) {
      afterFault(call, backoff, answer);
      return Optional.empty();
    }
    if (answer.status() >= 300) {
      throw Refused.rest(answer, body(answer));
    }
    return Optional.of(answer);
  }

  private void afterFailure(Call call, Backoff backoff, IOException e) {
    if (e instanceof SSLHandshakeException) {
      throw GitHubProblems.notSecure(address, e);
    }
    if (!call.safe() && !neverSent(e)) {
      throw new Lost(GitHubProblems.unreachable(address, e));
    }
    backoff.pause(Optional.empty(), () -> GitHubProblems.unreachable(address, e));
  }

  private static boolean neverSent(IOException e) {
    return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
  }

  private void afterFault(Call call, Backoff backoff, Answer answer) {
    if (!call.safe() && answer.status() != TOO_EARLY) {
      throw new Lost(GitHubProblems.broken(address, answer.status()));
    }
    backoff.pause(
        answer.retryAfter(waiting.now()), () -> GitHubProblems.broken(address, answer.status()));
  }

  private static JsonNode body(Answer answer) {
    try {
      return JSON.readTree(answer.text());
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private Answer exchange(Call call) throws IOException {
    waiting.pass();
    // The request's own time-out ends with the answer's head; a stalled body would wait for ever.
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client()
            .sendAsync(
                request(call),
                HttpResponse.BodyHandlers.limiting(
                    HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      HttpResponse<byte[]> response =
          exchange.get(patience.request().toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.headers(), unpacked(response));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new HttpTimeoutException(
          "no complete answer in " + patience.request().toSeconds() + " s");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw GitHubProblems.interrupted(e);
    }
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.target())
            .timeout(patience.request())
            .method(
                call.method(),
                call.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(call.body()));
    call.headers().forEach(request::setHeader);
    request.setHeader("User-Agent", "slipway");
    request.setHeader("Accept-Encoding", "gzip");
    token.ifPresent(secret -> request.setHeader("Authorization", "Bearer " + secret.reveal()));
    return request.build();
  }

  private static byte[] unpacked(HttpResponse<byte[]> response) throws IOException {
    if (response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isEmpty()) {
      return response.body();
    }
    try (GZIPInputStream unpacking =
        new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      byte[] body = unpacking.readNBytes(LARGEST_ANSWER + 1);
      if (body.length > LARGEST_ANSWER) {
        throw new IOException("the answer is larger than " + LARGEST_ANSWER + " bytes");
      }
      return body;
    }
  }
}
