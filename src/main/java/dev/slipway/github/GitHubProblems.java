package dev.slipway.github;

import dev.slipway.delivery.RepositoryName;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.problem.UntrustedServer;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The texts of what goes wrong with GitHub, refusals apart: those are in [Refusals].
final class GitHubProblems {
  private static final String RUN_AGAIN =
      "Run the step again; what is done already is not done twice. See https://www.githubstatus.com";

  private GitHubProblems() {}

  static ActionException unsafeAddress(URI address) {
    // The address may carry a password, so only its host is shown.
    return new ActionException(
        "The address of GitHub's API cannot be used",
        "it must be https, without user name, query or fragment; this one has the scheme `%s` and the host `%s`"
            .formatted(address.getScheme(), address.getHost()),
        "Write it as https://api.github.com or https://HOST/api/v3");
  }

  static ActionException foreignHost(ApiAddress address, URI target) {
    return new ActionException(
        "GitHub's answer points to another host",
        "it sends us from %s to %s, where the token must not go"
            .formatted(address.host(), target.getHost()),
        "Check that the API address is GitHub's own and not a proxy's");
  }

  static ActionException unreachable(ApiAddress address, Exception cause) {
    return because(
        "GitHub at %s does not answer".formatted(address.host()),
        describe(cause),
        "Check the runner's way to %s (proxy, firewall, DNS). %s"
            .formatted(address.host(), RUN_AGAIN),
        cause);
  }

  private static String describe(Exception cause) {
    // Refused and unknown hosts come without a message of their own.
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null
        ? "no connection could be opened (%s)".formatted(name)
        : name + ": " + cause.getMessage();
  }

  static ActionException notSecure(ApiAddress address, Exception cause) {
    UntrustedServer reason =
        UntrustedServer.in(cause)
            .orElseGet(() ->
                new UntrustedServer(
                    describe(cause),
                    "Check the address, and that no proxy on the way answers in its place"));
    return because(
        "There is no secure connection to %s".formatted(address.host()),
        reason.why(),
        reason.fix(),
        cause);
  }

  static ActionException broken(ApiAddress address, int status) {
    return new ActionException(
        "GitHub at %s is not working".formatted(address.host()),
        "it answered with status %d".formatted(status),
        RUN_AGAIN);
  }

  static ActionException faulty(ApiAddress address, Refused fault) {
    return because(
        "GitHub at %s is not working".formatted(address.host()), fault.message(), RUN_AGAIN, fault);
  }

  static ActionException unreadable(Exception cause) {
    return because(
        "GitHub's answer cannot be read",
        "it is not what GitHub's API answers; something on the way may have changed it",
        "Check the API address and the proxies between the runner and GitHub",
        cause);
  }

  static ActionException rateLimited(Instant until) {
    return new ActionException(
        "GitHub's rate limit is reached",
        "the token has made too many requests; the limit ends at %s"
            .formatted(until.truncatedTo(ChronoUnit.SECONDS)),
        "Run the step again after that time. A GitHub App's token has a limit of its own, higher than the `GITHUB_TOKEN`'s");
  }

  static ActionException interrupted(Exception cause) {
    return because(
        "The run was cancelled",
        "it was asked to stop while it waited for GitHub",
        "Run it again; what is done already is not done twice",
        cause);
  }

  static ActionException tooManyTags(RepositoryName repository, int most) {
    return new ActionException(
        "%s has too many tags".formatted(repository),
        "there are more than %d".formatted(most),
        "Delete tags that nobody needs, or choose a `tag` that needs no version, e.g. `sha`");
  }

  static ActionException tooManyCommits(RepositoryName repository, CommitSha after, int most) {
    return new ActionException(
        "%s has too many commits since its last release".formatted(repository),
        "there are more than %d after %s".formatted(most, after.shortened(7)),
        "Make the next version tag by hand; the releases after it start from there");
  }

  static ActionException noSuchBranch(
      RepositoryName repository, String branch, String defaultBranch) {
    return new ActionException(
        "%s has no branch `%s`".formatted(repository, branch),
        "GitHub does not know it; the default branch is `%s`".formatted(defaultBranch),
        "Correct `gitops-branch`, or leave it out for the default branch");
  }

  static ActionException empty(RepositoryName repository) {
    return new ActionException(
        "%s is empty".formatted(repository),
        "it has no commit, so there is nothing to change",
        "Push a first commit with the files that `gitops-update` names");
  }

  static ActionException archived(RepositoryName repository) {
    return new ActionException(
        "%s is archived".formatted(repository),
        "an archived repository is read-only",
        "Unarchive it in its settings, or correct `gitops-repository`");
  }

  static ActionException notAFile(RepositoryName repository, String path, String kind) {
    return new ActionException(
        "`%s` in %s cannot be changed".formatted(path, repository),
        "it is %s".formatted(kind),
        "Name a plain file; links are not followed, because they may lead anywhere");
  }

  static ActionException tooLarge(RepositoryName repository, String path, long bytes, long most) {
    return new ActionException(
        "`%s` in %s is too large".formatted(path, repository),
        "it has %d bytes; %d are the most".formatted(bytes, most),
        "Move what Slipway changes into a smaller file");
  }

  static ActionException damaged(RepositoryName repository, String path) {
    return new ActionException(
        "`%s` in %s arrived damaged".formatted(path, repository),
        "its content does not have the name that git gives it",
        "Run the step again, and check the proxies between the runner and GitHub");
  }

  static ActionException readOnly(RepositoryName repository, String permission, String fix) {
    return new ActionException(
        "The token may only read %s".formatted(repository),
        "its user has the role %s there".formatted(permission),
        fix);
  }

  static ActionException foreignCommit(
      RepositoryName repository, String branch, String commit, String headline) {
    return new ActionException(
        "Branch `%s` of %s has somebody else's commit".formatted(branch, repository),
        "its tip %s, \"%s\", was not made by Slipway, and is not overwritten"
            .formatted(commit, headline),
        "Merge or close its pull request and delete the branch, or set `pull-request-branch` to another name");
  }

  static ActionException tooMuchToNote(RepositoryName repository, int bytes, int most) {
    return new ActionException(
        "The delivery is too large for a deployment of %s".formatted(repository),
        "images and values together are %d bytes; %d are the most that is noted"
            .formatted(bytes, most),
        "Deliver fewer components in one step, or leave `deployment-environment` out");
  }

  static ActionException pullRequestsHidden(RepositoryName repository, String fix) {
    return new ActionException(
        "GitHub does not show us the pull requests of %s".formatted(repository),
        "whether one of them still delivers what is not wanted any more cannot be told",
        fix);
  }

  /// The same problem, and what was tidied up after it.
  static ActionException branchRemoved(String branch, ActionException cause) {
    ActionException told =
        new ActionException(
            cause.problems().stream()
                .map(problem ->
                    new Problem(
                        problem.what(),
                        "%s; the branch `%s`, which this run had made, is removed again"
                            .formatted(problem.why(), branch),
                        problem.fix()))
                .toList());
    told.initCause(cause);
    return told;
  }

  static ActionException contested(RepositoryName repository, String branch) {
    return new ActionException(
        "Branch `%s` of %s does not hold still".formatted(branch, repository),
        "other runs moved it each time before this one could",
        "Let deliveries to the same files run one after the other with a `concurrency` group");
  }

  private static ActionException because(String what, String why, String fix, Exception cause) {
    return new ActionException(new Problem(what, why, fix), cause);
  }
}
