package dev.slipway.runner.input;

import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.GitOpsDelivery;
import dev.slipway.delivery.Inputs.ArgoCd;
import dev.slipway.delivery.PullRequestSettings;
import dev.slipway.delivery.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The inputs that say where what was delivered is to run.
final class ArgoCdInputs {
  private static final String SERVER_FORM =
      "Write it as `https://argocd.example.com`, with the path where Argo CD has one.";

  private final InputTexts inputs;

  ArgoCdInputs(InputTexts inputs) {
    this.inputs = inputs;
  }

  /// Empty without `argocd-server`, and, with problems, when something is wrong.
  ///
  /// @param limit of the wait
  Optional<ArgoCd> read(GitOpsDelivery delivery, PullRequestSettings pullRequest, Duration limit) {
    checkTogether();
    checkArrival(delivery, pullRequest);
    Optional<URI> server = inputs.parsed(Input.ARGOCD_SERVER, ArgoCdInputs::server, SERVER_FORM);
    Optional<Secret> token = inputs.secret(Input.ARGOCD_TOKEN);
    List<ApplicationName> applications = applications();
    boolean sync = inputs.flag(Input.ARGOCD_SYNC);
    return server.flatMap(
        address -> token.map(secret -> new ArgoCd(address, secret, applications, sync, limit)));
  }

  private void checkTogether() {
    boolean server = inputs.isGiven(Input.ARGOCD_SERVER);
    Stream.of(Input.ARGOCD_TOKEN, Input.ARGOCD_APPLICATIONS)
        .filter(input -> inputs.isGiven(input) != server)
        .forEach(input -> {
          if (server) {
            inputs.missing(
                input, "`argocd-server` is set", "Set it, or leave `argocd-server` out.");
          } else {
            inputs.missing(Input.ARGOCD_SERVER, "`%s` is set".formatted(input.text()), SERVER_FORM);
          }
        });
    if (server && !inputs.isGiven(Input.GITOPS_REPOSITORY)) {
      inputs.missing(
          Input.GITOPS_REPOSITORY,
          "`argocd-server` is set, and what is waited for is a commit in that repository",
          "Write it as `owner/name`.");
    }
  }

  /// Argo CD follows the base branch, where an open pull request is not.
  private void checkArrival(GitOpsDelivery delivery, PullRequestSettings pullRequest) {
    if (inputs.isGiven(Input.ARGOCD_SERVER)
        && delivery == GitOpsDelivery.PULL_REQUEST
        && pullRequest.waitForMerge().isZero()) {
      inputs.missing(
          Input.WAIT_FOR_MERGE,
          "`argocd-server` is set, and Argo CD sees a pull request only once it is merged",
          "Set `wait-for-merge: 30`, say, or `gitops-delivery: commit`.");
    }
  }

  /// As for Argo CD's own command line, the scheme may be missing.
  private static URI server(String text) {
    return Endpoint.parse(text.contains("://") ? text : "https://" + text);
  }

  private List<ApplicationName> applications() {
    return inputs.list(Input.ARGOCD_APPLICATIONS).stream()
        .distinct()
        .flatMap(entry ->
            inputs
                .parsed(
                    Input.ARGOCD_APPLICATIONS,
                    entry,
                    ApplicationName::parse,
                    "Write one application a line, as `name` or `namespace/name`.")
                .stream())
        .toList();
  }
}
