package dev.slipway.argocd;

import dev.slipway.argocd.Answer.Refused;
import dev.slipway.argocd.ApplicationState.Source;
import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.Expectation.Delivered;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.util.List;

/// What Argo CD refuses, and what to do about it.
final class ArgoCdProblems {
  private ArgoCdProblems() {}

  static ActionException noToken() {
    return new ActionException(
        "`argocd-token` is not a token",
        "it holds characters that no Argo CD token has, a line break perhaps",
        "store the token alone in the secret: the output of `argocd account generate-token` or `argocd proj role create-token`");
  }

  static ActionException deleting(ApplicationName name) {
    return new ActionException(
        "Argo CD application `%s` is being deleted".formatted(name),
        "Argo CD does not sync an application that has a deletion time",
        "correct `argocd-applications`, or find out who deletes it");
  }

  static ActionException otherRepository(
      ApplicationName name, RepositoryUrl wanted, List<Source> sources) {
    List<String> actual =
        sources.stream()
            .map(source ->
                RepositoryUrl.parse(source.url()) + (source.git() ? "" : " (no Git repository)"))
            .toList();
    return new ActionException(
        "Argo CD application `%s` does not follow %s".formatted(name, wanted),
        "its sources are: " + (actual.isEmpty() ? "none" : Texts.first(5, actual)),
        "correct `argocd-applications` or `gitops-repository`");
  }

  static ActionException otherBranch(ApplicationName name, Delivered delivered, String actual) {
    return new ActionException(
        "Argo CD application `%s` does not follow the branch `%s`"
            .formatted(name, delivered.branch()),
        "its `targetRevision` for %s is `%s`".formatted(delivered.repository(), Texts.line(actual)),
        "correct `argocd-applications`, or let `gitops-branch` be the branch that the application follows");
  }

  /// Nobody answered at all, or not in time.
  static Problem unavailable(ArgoCdServer server, String why) {
    return new Problem(
        "Argo CD does not answer",
        "%s: %s".formatted(server, why),
        "check `argocd-server`, and that this runner may reach it (`HTTPS_PROXY`, firewall, VPN)");
  }

  /// The application cannot be read.
  static Problem refused(ArgoCdServer server, ApplicationName name, Refused refused) {
    return switch (refused.refusal()) {
      case FORBIDDEN, MISSING, PRECONDITION ->
          new Problem(
              "Argo CD does not show application `%s`".formatted(name),
              "%s: %s. It says the same for an application that does not exist and for one that the token may not read"
                  .formatted(server, refused.message()),
              "correct `argocd-applications` (`namespace/name` for an application outside Argo CD's own namespace), or let the token's role read it: `%s`"
                  .formatted(policy("get", "PROJECT", name)));
      case UNAUTHENTICATED ->
          new Problem(
              "Argo CD does not accept the token",
              "%s: %s".formatted(server, refused.message()),
              "make a new token with `argocd account generate-token` or `argocd proj role create-token`, and store it in the secret that `argocd-token` reads");
      case STRANGER ->
          new Problem(
              "`argocd-server` does not lead to Argo CD's API",
              "%s: %s".formatted(server, refused.message()),
              "give the final address, with the path where Argo CD has one; a sign-in gateway before it must let `/api/` through for this runner");
      case UNTRUSTED ->
          new Problem(
              "The certificate of Argo CD is not trusted",
              "%s: %s".formatted(server, refused.message()),
              "if a private authority signed it, name the file with that authority's certificate in the input `ca-certificates`; one for another host, or out of date, has to be made anew");
    };
  }

  /// The sync cannot be started.
  static ActionException syncRefused(ApplicationName name, String project, Refused refused) {
    return refused.refusal() == Answer.Refusal.FORBIDDEN
        ? new ActionException(
            "The token may not sync Argo CD application `%s`".formatted(name),
            refused.message(),
            "let the token's role sync it: `%s`; or leave `argocd-sync` out"
                .formatted(policy("sync", project, name)))
        : new ActionException(
            "Argo CD does not start the sync of application `%s`".formatted(name),
            refused.message(),
            "start it by hand in Argo CD to see the reason; or leave `argocd-sync` out");
  }

  /// A line for `argocd-rbac-cm` or for the project's role;
  /// [syntax](https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/).
  private static String policy(String action, String project, ApplicationName name) {
    return "p, ROLE, applications, %s, %s/%s, allow"
        .formatted(action, project.isEmpty() ? "default" : project, name);
  }
}
