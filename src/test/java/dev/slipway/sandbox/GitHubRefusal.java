package dev.slipway.sandbox;

import java.util.Map;

/// GitHub says no: a status for REST, a type for GraphQL, and the words of both.
final class GitHubRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final transient Map<String, String> headers;

  private GitHubRefusal(int status, String type, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.type = type;
    this.headers = headers;
  }

  static GitHubRefusal notFound(String message) {
    return new GitHubRefusal(404, "NOT_FOUND", message, Map.of());
  }

  static GitHubRefusal forbidden(String message) {
    return new GitHubRefusal(403, "FORBIDDEN", message, Map.of());
  }

  /// The header that names the missing permission comes with REST only.
  static GitHubRefusal notPermitted(String message, String permission) {
    return new GitHubRefusal(
        403, "FORBIDDEN", message, Map.of("X-Accepted-GitHub-Permissions", permission));
  }

  static GitHubRefusal singleSignOn() {
    return new GitHubRefusal(
        403,
        "FORBIDDEN",
        "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.",
        Map.of("X-GitHub-SSO", "required; url=https://github.example/orgs/acme/sso"));
  }

  static GitHubRefusal unprocessable(String message) {
    return new GitHubRefusal(422, "UNPROCESSABLE", message, Map.of());
  }

  /// What is wrong with a field, which GitHub says in a code and no words.
  static GitHubRefusal field(String field, String code) {
    return new GitHubRefusal(422, code, field, Map.of());
  }

  static GitHubRefusal stale(String message) {
    return new GitHubRefusal(422, "STALE_DATA", message, Map.of());
  }

  static GitHubRefusal of(int status, String message) {
    return new GitHubRefusal(status, "UNPROCESSABLE", message, Map.of());
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  Map<String, String> headers() {
    return headers;
  }
}
