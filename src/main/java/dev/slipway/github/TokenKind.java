package dev.slipway.github;

import dev.slipway.delivery.Secret;
import java.util.Optional;

/// What kind of token it is, told from its
/// [prefix](https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats);
/// how to give it more rights depends on that.
enum TokenKind {
  NONE("", "no token was given"),
  INSTALLATION("ghs_", "the token is a `GITHUB_TOKEN` or belongs to a GitHub App"),
  FINE_GRAINED("github_pat_", "the token is a fine-grained personal access token"),
  CLASSIC("ghp_", "the token is a classic personal access token"),
  OAUTH("gho_", "the token belongs to an OAuth app"),
  APP_USER("ghu_", "the token lets a GitHub App act for a user"),
  OTHER("", "the token's kind is unknown");

  private final String prefix;
  private final String description;

  TokenKind(String prefix, String description) {
    this.prefix = prefix;
    this.description = description;
  }

  static TokenKind of(Optional<Secret> token) {
    if (token.isEmpty()) {
      return NONE;
    }
    String value = token.get().reveal();
    for (TokenKind kind : values()) {
      if (!kind.prefix.isEmpty() && value.startsWith(kind.prefix)) {
        return kind;
      }
    }
    return OTHER;
  }

  /// Half a sentence for a message.
  String description() {
    return description;
  }

  /// Whether it has the rights of a person, so that what GitHub says about the viewer counts.
  boolean actsForUser() {
    return switch (this) {
      case FINE_GRAINED, CLASSIC, OAUTH, APP_USER -> true;
      case NONE, INSTALLATION, OTHER -> false;
    };
  }

  /// How to let it see `repository`.
  String toSee(String repository, String input) {
    return switch (this) {
      case NONE -> "Give `%s` a token that may see %s".formatted(input, repository);
      case INSTALLATION ->
          "A `GITHUB_TOKEN` sees only its own repository: give `%s` a token that actions/create-github-app-token made for an app installed on %s, or a fine-grained personal access token for it"
              .formatted(input, repository);
      case FINE_GRAINED ->
          "Select %s under the token's repository access; its organization may have to approve the token"
              .formatted(repository);
      case CLASSIC, OAUTH ->
          "Give the token the scope `repo`, and its user access to %s".formatted(repository);
      case APP_USER -> "Install the app on %s, and give the user access".formatted(repository);
      case OTHER -> "Check in `%s` that the token may see %s".formatted(input, repository);
    };
  }

  /// How to let it do what needs `permission`.
  ///
  /// @param permission e.g. `contents=write`
  String toBeAllowed(String permission, String input) {
    return switch (this) {
      case NONE -> "Give `%s` a token with `%s`".formatted(input, permission);
      case INSTALLATION ->
          "Grant `%s`: to a `GITHUB_TOKEN` under `permissions:` of the job, to a GitHub App in its settings and where its token is made"
              .formatted(permission);
      case FINE_GRAINED ->
          "Grant `%s` in the token's settings, for this repository".formatted(permission);
      case CLASSIC, OAUTH ->
          "Give the token the scope `repo`, and its user write access (`%s`)".formatted(permission);
      case APP_USER ->
          "Grant `%s` to the app, and give the user write access".formatted(permission);
      case OTHER -> "Give `%s` a token with `%s`".formatted(input, permission);
    };
  }
}
