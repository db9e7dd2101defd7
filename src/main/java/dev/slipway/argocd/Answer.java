package dev.slipway.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/// What came of a request to Argo CD.
sealed interface Answer {
  /// A JSON object.
  record Found(JsonNode body) implements Answer {}

  /// Argo CD, or what stands before it, said no. Asked again it says the same, or nearly always:
  /// Argo CD also says `permission denied` when it cannot reach Kubernetes.
  record Refused(Refusal refusal, String message) implements Answer {}

  /// No usable answer; the next attempt may get one.
  ///
  /// @param retryAfter what the server asks for, zero if nothing
  record Unavailable(String why, Duration retryAfter) implements Answer {}

  /// Why not.
  enum Refusal {
    /// The token is not accepted.
    UNAUTHENTICATED,
    /// The token may not do that, or, for Argo CD the same, there is no such application.
    FORBIDDEN,
    MISSING,
    /// The request cannot be done now or as it is.
    PRECONDITION,
    /// This is not Argo CD's API: a sign-in page, a redirect, another web server.
    STRANGER,
    /// The server's certificate is not trusted.
    UNTRUSTED
  }
}
