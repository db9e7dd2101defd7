package dev.slipway.github;

import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.util.Optional;
import java.util.function.Supplier;

/// What to say and advise when GitHub refuses.
///
/// @param input the action's input that the token came from
record Refusals(RepositoryName repository, TokenKind token, String input) {
  /// What was refused.
  enum Deed {
    READ("read", "contents=read"),
    WRITE("write to", "contents=write"),
    COMMIT("commit to the base branch of", "contents=write"),
    PROPOSE("make a pull request in", "pull_requests=write"),
    TAG("make a version tag in", "contents=write"),
    RELEASE("publish a release in", "contents=write"),
    READ_DEPLOYMENTS("read the deployments of", "deployments=read"),
    NOTE_DEPLOYMENT("note a deployment in", "deployments=write");

    private final String verb;
    private final String permission;

    Deed(String verb, String permission) {
      this.verb = verb;
      this.permission = permission;
    }

    /// What to ask for, of what [GitHub would
    /// accept](https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#insufficient-permissions-errors):
    /// alternatives are separated by semicolons.
    private static String permission(String accepted) {
      return accepted.split(";", 2)[0].strip();
    }
  }

  static Refusals of(RepositoryName repository, Optional<Secret> token, String input) {
    return new Refusals(repository, TokenKind.of(token), input);
  }

  /// Carries out a deed, and translates what GitHub refuses or leaves unanswered.
  <T> T translating(Deed deed, Supplier<T> doing) {
    try {
      return doing.get();
    } catch (Refused refused) {
      throw new ActionException(problem(deed, refused), refused);
    } catch (Lost lost) {
      throw lost.failure();
    } catch (IllegalArgumentException e) {
      // A name or a commit in the answer that is none.
      throw GitHubProblems.unreadable(e);
    }
  }

  /// Checks the role of the token's user, where the token acts for one.
  ///
  /// @param name the repository under its present name
  /// @param role as GraphQL calls it; empty when GitHub does not tell
  /// @throws ActionException when the user may only read
  void requireWriter(RepositoryName name, String role) {
    if (token.actsForUser() && (role.equals("READ") || role.equals("TRIAGE"))) {
      throw GitHubProblems.readOnly(name, role, token.toBeAllowed("contents=write", input));
    }
  }

  private Problem problem(Deed deed, Refused refused) {
    return aboutSigningIn(deed, refused)
        .or(() -> aboutSettings(deed, refused))
        .or(() -> aboutRules(deed, refused))
        .or(() -> aboutTheRepository(deed, refused))
        .or(() -> aboutPermissions(deed, refused))
        .orElseGet(() ->
            problem(
                deed,
                words(refused),
                "Look up these words in GitHub's documentation, and check what the token may do in "
                    + repository));
  }

  private Optional<Problem> aboutSigningIn(Deed deed, Refused refused) {
    if (refused.status() == 401 && token == TokenKind.NONE) {
      return Optional.of(
          problem(deed, token.description(), token.toSee(repository.toString(), input)));
    }
    if (refused.status() == 401) {
      return Optional.of(
          new Problem(
              "GitHub does not accept the token in `%s`".formatted(input),
              "%s; it is expired, revoked, or for another host".formatted(words(refused)),
              "Give it a token that is valid now; a GitHub App's token lasts an hour"));
    }
    if (refused.says("SAML enforcement")
        || refused.header("X-GitHub-SSO").filter(sso -> sso.startsWith("required")).isPresent()) {
      return Optional.of(
          problem(
              deed,
              "its organization asks for single sign-on, and the token is not authorized for it",
              "Authorize the token for the organization under \"Configure SSO\" in its user's token settings"));
    }
    return Optional.empty();
  }

  private Optional<Problem> aboutSettings(Deed deed, Refused refused) {
    if (refused.says("not permitted to create or approve pull requests")) {
      return Optional.of(
          problem(
              deed,
              words(refused),
              "Allow it in the repository's and the organization's settings: Actions, General, \"Allow GitHub Actions to create and approve pull requests\"; or give `%s` a GitHub App's token"
                  .formatted(input)));
    }
    if (refused.says("without `workflow")) {
      return Optional.of(
          problem(deed, words(refused), "Give the token the permission to change workflow files"));
    }
    if (refused.says("IP allow list")) {
      return Optional.of(
          problem(
              deed,
              "the organization's IP allow list does not have the runner's address",
              "Add the runner's address to the list, or run on a runner whose address is on it"));
    }
    return Optional.empty();
  }

  private Optional<Problem> aboutRules(Deed deed, Refused refused) {
    if (deed == Deed.COMMIT && isProtection(refused)) {
      return Optional.of(
          new Problem(
              "A rule of %s forbids commits on its base branch".formatted(repository),
              words(refused),
              "Set `gitops-delivery: pull-request`, or let the token's app or user bypass the rule: its bypass list is in the repository's settings, Rules"));
    }
    if (deed == Deed.TAG && isProtection(refused)) {
      return Optional.of(
          new Problem(
              "A rule of %s forbids the version tag".formatted(repository),
              words(refused),
              "Let an app or user bypass the rule, in the repository's settings, Rules, and give `%s` a token of that app or user; a `GITHUB_TOKEN` cannot bypass rules"
                  .formatted(input)));
    }
    if (isProtection(refused)) {
      return Optional.of(
          new Problem(
              "A rule of %s forbids the branch that Slipway needs".formatted(repository),
              words(refused),
              "Exempt the token's app or user from the rule, or the branches `%s*` and the pull request's from the rule's pattern"
                  .formatted(Scratch.PREFIX)));
    }
    return Optional.empty();
  }

  private static boolean isProtection(Refused refused) {
    return refused.says("rule violations")
        || refused.says("GH013")
        || refused.says("protected branch")
        || refused.says("protected ref")
        || refused.says("GH006")
        || refused.says("must be made through a pull request")
        || refused.says("approving review");
  }

  private Optional<Problem> aboutTheRepository(Deed deed, Refused refused) {
    if (refused.says("archived")) {
      return Optional.of(GitHubProblems.archived(repository).problems().getFirst());
    }
    if (refused.says("Git Repository is empty")) {
      return Optional.of(GitHubProblems.empty(repository).problems().getFirst());
    }
    if (refused.status() >= 300 && refused.status() < 400) {
      return Optional.of(
          new Problem(
              "%s has moved".formatted(repository),
              "GitHub redirects to another place, and the token is not sent after a redirect",
              "Write the repository's new name"));
    }
    if (refused.isNotFound() && deed == Deed.READ) {
      return Optional.of(
          new Problem(
              "GitHub does not show us %s".formatted(repository),
              "it does not exist, or the token may not see it; %s".formatted(token.description()),
              "Check the name. " + token.toSee(repository.toString(), input)));
    }
    return Optional.empty();
  }

  /// GitHub hides from a token what it may not write, so "not found" is a missing permission too
  /// once reading went well.
  private Optional<Problem> aboutPermissions(Deed deed, Refused refused) {
    if (refused.says("Resource not accessible by")
        || refused.is("FORBIDDEN")
        || refused.is("INSUFFICIENT_SCOPES")
        || refused.isNotFound()) {
      String permission = refused.header("X-Accepted-GitHub-Permissions").orElse(deed.permission);
      return Optional.of(
          problem(
              deed,
              "%s; %s".formatted(words(refused), token.description()),
              token.toBeAllowed(Deed.permission(permission), input) + advice(deed, permission)));
    }
    return Optional.empty();
  }

  private static String advice(Deed deed, String permissions) {
    return switch (deed) {
      // A token that may write contents may still not tag every commit.
      case TAG ->
          permissions.contains("workflows=write")
              ? ". Where it has that, the commit's workflow files differ from those of the default branch, and a tag on it needs `workflows=write` too: no `GITHUB_TOKEN` has it; give a GitHub App's token with that permission, or a personal access token with the scope `workflow`"
              : "";
      case READ_DEPLOYMENTS, NOTE_DEPLOYMENT ->
          ". Or leave `deployment-environment` out: then deployments are neither noted nor read";
      case READ, WRITE, COMMIT, PROPOSE, RELEASE -> "";
    };
  }

  private Problem problem(Deed deed, String why, String fix) {
    return new Problem("GitHub refused to let us %s %s".formatted(deed.verb, repository), why, fix);
  }

  private static String words(Refused refused) {
    return refused.status() < 300
        ? "GitHub says: %s".formatted(refused.message())
        : "GitHub says (status %d): %s".formatted(refused.status(), refused.message());
  }
}
