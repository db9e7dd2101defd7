package dev.slipway.sandbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may do what on [FakeGitHub].
final class FakeTokens {
  private final Map<String, Map<String, FakeGitHub.Grant>> grants = new HashMap<>();
  private final Set<String> withoutSingleSignOn = new HashSet<>();

  void grant(String token, String repository, FakeGitHub.Grant grant) {
    grants.computeIfAbsent(token, _ -> new HashMap<>()).put(repository, grant);
  }

  void revoke(String token) {
    grants.remove(token);
  }

  void withoutSingleSignOn(String token) {
    withoutSingleSignOn.add(token);
  }

  Viewer viewer(Optional<String> token) {
    if (token.filter(value -> !grants.containsKey(value)).isPresent()) {
      throw GitHubRefusal.of(401, "Bad credentials");
    }
    return new Viewer(this, token);
  }

  /// Whoever sent a request.
  record Viewer(FakeTokens tokens, Optional<String> token) {
    private FakeGitHub.Grant grant(FakeRepository repository) {
      return token
          .map(tokens.grants::get)
          .map(granted -> granted.get(repository.fullName()))
          .orElse(repository.rules().isPublic() ? FakeGitHub.Grant.READ : FakeGitHub.Grant.NONE);
    }

    boolean sees(FakeRepository repository) {
      if (token.filter(tokens.withoutSingleSignOn::contains).isPresent()) {
        throw GitHubRefusal.singleSignOn();
      }
      return grant(repository) != FakeGitHub.Grant.NONE;
    }

    /// Only a person has a role; an app's token has permissions.
    Optional<String> role(FakeRepository repository) {
      boolean writes = grant(repository).compareTo(FakeGitHub.Grant.READ) > 0;
      return isApp() ? Optional.empty() : Optional.of(writes ? "WRITE" : "READ");
    }

    void requireContents(FakeRepository repository) {
      require(repository, FakeGitHub.Grant.CONTENTS, "contents=write");
    }

    boolean mayWriteContents(FakeRepository repository) {
      return grant(repository).compareTo(FakeGitHub.Grant.CONTENTS) >= 0;
    }

    void requirePullRequests(FakeRepository repository) {
      require(repository, FakeGitHub.Grant.WRITE, "pull_requests=write");
    }

    void requireDeployments(FakeRepository repository) {
      require(repository, FakeGitHub.Grant.WRITE, "deployments=write");
    }

    private void require(FakeRepository repository, FakeGitHub.Grant least, String permission) {
      if (grant(repository).compareTo(least) < 0) {
        throw GitHubRefusal.notPermitted(
            "Resource not accessible by " + (isApp() ? "integration" : "personal access token"),
            permission);
      }
      if (repository.rules().isArchived()) {
        throw GitHubRefusal.forbidden("Repository was archived so is read-only.");
      }
    }

    boolean isApp() {
      return token.filter(value -> value.startsWith("ghs_")).isPresent();
    }
  }
}
