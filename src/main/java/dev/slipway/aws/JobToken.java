package dev.slipway.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.delivery.Inputs.AwsRole;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RetryPolicy;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.UntrustedServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where the runner gives out the [job's OIDC
/// token](https://docs.github.com/en/actions/reference/security/oidc): it says which repository,
/// branch and environment the job is of, and lives for minutes.
final class JobToken {
  /// Who the token is for; the audience that AWS's guide has identity providers accept.
  static final String AUDIENCE = "sts.amazonaws.com";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration REQUEST = Duration.ofSeconds(20);
  private static final int MOST_BYTES = 64 * 1024;

  private final AwsRole role;
  private final Pace pace;

  JobToken(AwsRole role, Pace pace) {
    this.role = role;
    this.pace = pace;
  }

  private record Answer(int status, String body) {
    boolean mayPass() {
      return RetryPolicy.mayPass(status);
    }
  }

  /// Asks for a new token.
  ///
  /// @throws dev.slipway.problem.ActionException when the runner gives none out
  Secret fetch() {
    Pace.Attempts attempts = pace.attempts("GitHub's token service");
    while (true) {
      try {
        Answer answer = ask();
        if (!answer.mayPass() || !attempts.again()) {
          return read(answer);
        }
      } catch (IOException e) {
        if (UntrustedServer.in(e).isPresent() || !attempts.again()) {
          throw RoleProblems.noAnswer(role, e);
        }
      }
    }
  }

  private Answer ask() throws IOException {
    Duration patience = pace.answer(REQUEST);
    HttpRequest request =
        HttpRequest.newBuilder(address())
            .timeout(patience)
            .header("Authorization", "Bearer " + role.request().reveal())
            .header("Accept", "application/json")
            .build();
    HttpClient client = client();
    pace.ending().pass();
    try {
      // The request's own time-out ends with the answer's head; a stalled body would wait for ever.
      HttpResponse<byte[]> response =
          client
              .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES))
              .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      throw new IOException("no complete answer in %d s".formatted(patience.toSeconds()), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Ticker.interrupted(e);
    } finally {
      client.shutdownNow();
    }
  }

  private HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(pace.answer(CONNECT))
            // A redirect would carry the request token to whatever host it names.
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    // The proxy's login; this client does not take the JVM's default by itself.
    Optional.ofNullable(Authenticator.getDefault()).ifPresent(builder::authenticator);
    return builder.build();
  }

  private URI address() {
    String address = role.tokens().toString();
    return URI.create(
        "%s%saudience=%s"
            .formatted(
                address,
                address.contains("?") ? "&" : "?",
                URLEncoder.encode(AUDIENCE, StandardCharsets.UTF_8)));
  }

  private Secret read(Answer answer) {
    if (answer.status() != 200) {
      throw RoleProblems.noToken(
          role, "the runner's token service answered with status " + answer.status());
    }
    try {
      String token = JSON.readTree(answer.body()).path("value").asText();
      if (!token.isBlank()) {
        return new Secret(token);
      }
    } catch (JsonProcessingException _) {
      // Its text may hold the token, so it is not passed on.
    }
    throw RoleProblems.noToken(role, "the runner's token service answered without a token");
  }
}
