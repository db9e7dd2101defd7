package dev.slipway.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.argocd.Answer.Found;
import dev.slipway.argocd.Answer.Refusal;
import dev.slipway.argocd.Answer.Refused;
import dev.slipway.argocd.Answer.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Reads the answers of Argo CD's API: JSON objects, and errors with a [gRPC
/// code](https://grpc.io/docs/guides/status-codes/), which counts more than the HTTP status because
/// proxies rewrite that.
final class Answers {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_RETRY_SECONDS = 60;

  private Answers() {}

  static Answer read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    JsonNode body = json(response.body());
    if (status / 100 == 2 && body.isObject()) {
      return new Found(body);
    }
    int code = body.path("code").asInt();
    if (status == 429 || (status >= 500 && code == 0)) {
      return new Unavailable("HTTP status " + status, retryAfter(response));
    }
    String message = Texts.line(body.path("message").asText(body.path("error").asText()));
    return switch (code) {
      case 16 -> new Refused(Refusal.UNAUTHENTICATED, message);
      case 7 -> new Refused(Refusal.FORBIDDEN, message);
      case 5 -> new Refused(Refusal.MISSING, message);
      case 3, 9 -> new Refused(Refusal.PRECONDITION, message);
      case 0 -> stranger(response);
      default -> new Unavailable(message, retryAfter(response));
    };
  }

  /// Argo CD always sends a code, but for 401 some gateways take over.
  private static Answer stranger(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 401) {
      return new Refused(Refusal.UNAUTHENTICATED, "HTTP status 401");
    }
    return new Refused(
        Refusal.STRANGER,
        status / 100 == 3
            ? "it redirects to " + target(response)
            : status / 100 == 2
                ? "it answers with something else than JSON"
                : "HTTP status %d without a word of Argo CD".formatted(status));
  }

  /// The host only: the rest of a sign-in address may be secret.
  private static String target(HttpResponse<byte[]> response) {
    try {
      URI location = response.uri().resolve(response.headers().firstValue("Location").orElse(""));
      return location.getScheme() + "://" + location.getHost();
    } catch (IllegalArgumentException _) {
      return "another address";
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode read = JSON.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }

  private static Duration retryAfter(HttpResponse<byte[]> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_RETRY_SECONDS)))
        .orElse(Duration.ZERO);
  }
}
