package dev.slipway.registry;

import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import dev.slipway.image.Digest;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.problem.UntrustedServer;
import dev.slipway.registry.RegistryConnection.Lookup;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// What went wrong with a registry, why, and how to fix it, in the reader's words.
record RegistryProblems(Destination to) {
  /// A call that failed for good.
  ActionException of(RegistryFailure failure) {
    return new ActionException(problem(failure), failure);
  }

  /// The image on disk could not be read during the push.
  ActionException unreadable(IOException e) {
    return new ActionException(
        new Problem(
            "The image cannot be read",
            "reading it failed during the push: " + e.getMessage(),
            "make sure that nothing changes or removes the file while this step runs, and that the disk is not full"),
        e);
  }

  ActionException tagCannotMove(Tag tag, Digest ours, Lookup now) {
    String theirs =
        now instanceof Lookup.Found(String digest) ? digest : "a digest that it does not tell";
    return new ActionException(
        "The tag %s exists and cannot be moved".formatted(tag),
        "%s does not let tags change; there it is %s, and this image is %s"
            .formatted(to.name(), theirs, ours),
        "use a tag that is new for every image, e.g. `tag: sha`; or allow this tag to change in the repository's tag mutability settings");
  }

  ActionException storedDifferently(Digest ours, String theirs) {
    return new ActionException(
        "%s stored another image than was sent".formatted(to.name().registry()),
        "the manifest sent has the digest %s, the one stored %s".formatted(ours, theirs),
        "find out what between here and the registry rewrites images: a proxy or a mirror must not");
  }

  private Problem problem(RegistryFailure failure) {
    Optional<ForeignServer> foreign = failure.cause(ForeignServer.class);
    if (foreign.isPresent()) {
      return foreign(foreign.get().host());
    }
    Optional<SourceFailure> source = failure.cause(SourceFailure.class);
    if (source.isPresent()) {
      return source.get().problem(failure);
    }
    Optional<SizedContent.Unreadable> unreadable = failure.cause(SizedContent.Unreadable.class);
    if (unreadable.isPresent()) {
      return unreadable(unreadable.get()).problems().getFirst();
    }
    return failure
        .answer()
        .map(answer -> refused(answer, failure))
        .orElseGet(() -> unreachable(failure));
  }

  private Problem foreign(String host) {
    return new Problem(
        "%s wants its login to be sent to %s".formatted(to.name().registry(), host),
        "the login was not sent: that server is neither the registry itself nor known to belong to it",
        "check the input `registry`; a registry whose token server has another name cannot be used");
  }

  private Problem refused(RegistryAnswer answer, RegistryFailure failure) {
    if (answer.isRepositoryUnknown()) {
      return to.registry().whenMissing(to.name()).orElseGet(() -> noRepository(answer));
    }
    boolean hasToken =
        answer.wantsToken() && to.registry().login() instanceof RegistryLogin.OnRequest;
    boolean tokenRefused = failure.cause(RegistryAuthenticationFailedException.class).isPresent();
    return switch (answer.status()) {
      case 401 -> hasToken && !tokenRefused ? denied(answer) : loginRefused(answer);
      case 403 -> tokenRefused ? loginRefused(answer) : denied(answer);
      case 413 -> tooLarge(answer);
      case 429 -> tooBusy(answer, failure);
      default -> answer.mayPass() ? inTrouble(answer, failure) : unexpected(answer);
    };
  }

  private Problem noRepository(RegistryAnswer answer) {
    return new Problem(
        "The repository %s does not exist".formatted(to.name()),
        because(answer),
        "create the repository or its project in the registry, or correct the input `repository`");
  }

  private Problem loginRefused(RegistryAnswer answer) {
    return new Problem(
        "%s refused the login".formatted(to.name().registry()),
        because(answer),
        switch (to.registry()) {
          case GhcrRegistry _ ->
              "give the job `permissions: packages: write`; with `registry-password`, use a classic personal access token that has the scope write:packages and has not expired (GHCR takes no fine-grained ones)";
          case EcrRegistry ecr ->
              "check that the AWS credentials belong to the account and region of %s, and allow ecr:GetAuthorizationToken and the push actions to them"
                  .formatted(ecr.address().host());
          case EcrPublicRegistry _ ->
              "allow ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken to the AWS credentials";
          case OtherRegistry other when other.login() instanceof RegistryLogin.Anonymous ->
              "set `registry-username` and `registry-password` from secrets";
          case OtherRegistry _ ->
              "check `registry-username` and `registry-password`: the registry may want an access token instead of the account's password";
        });
  }

  private Problem denied(RegistryAnswer answer) {
    return new Problem(
        "%s does not allow the push to %s".formatted(to.name().registry(), to.name().repository()),
        because(answer),
        switch (to.registry()) {
          case GhcrRegistry _ -> Denials.byGhcr(answer, to.name());
          case EcrRegistry ecr ->
              Denials.byEcr(answer, to.name()) + ecr.acrossAccounts(to.name()).orElse("");
          case EcrPublicRegistry _ -> Denials.byEcrPublic(to.name());
          case OtherRegistry _ ->
              "allow the user of `registry-username` to push to this repository, or correct the input `repository`";
        });
  }

  private Problem tooLarge(RegistryAnswer answer) {
    return new Problem(
        "%s takes no blob of this size".formatted(to.name().registry()),
        because(answer),
        "make the image's largest layer smaller, or raise the limit on request bodies of the registry or of the proxy in front of it");
  }

  private Problem tooBusy(RegistryAnswer answer, RegistryFailure failure) {
    return new Problem(
        "%s takes no more requests for now".formatted(to.name().registry()),
        "%s, after %s".formatted(because(answer), attempts(failure)),
        "run the job again later, or run fewer jobs that push at the same time; what was sent is not sent again");
  }

  private Problem inTrouble(RegistryAnswer answer, RegistryFailure failure) {
    return new Problem(
        "%s is in trouble".formatted(to.name().registry()),
        "%s, after %s".formatted(because(answer), attempts(failure)),
        "look at the registry's status page and run the job again; what was sent is not sent again");
  }

  private Problem unexpected(RegistryAnswer answer) {
    return new Problem(
        "%s refused the image".formatted(to.name().registry()),
        because(answer)
            + (answer.codes().isEmpty()
                ? ""
                : " (%s)".formatted(String.join(", ", answer.codes()))),
        "check that the registry takes images of this kind (OCI or Docker, indexes, layer compression), and that the input `registry` names a registry's host");
  }

  private Problem unreachable(RegistryFailure failure) {
    String host = to.registry().address().host();
    if (failure.cause(UnknownHostException.class).isPresent()) {
      return new Problem(
          "The registry %s was not found".formatted(host),
          "no address is known for that name, after %s".formatted(attempts(failure)),
          "check the inputs `registry` and `aws-region`, and the runner's DNS");
    }
    if (failure.cause(SSLException.class).isPresent()) {
      UntrustedServer reason = untrusted(failure);
      return new Problem(
          "There is no trustworthy connection to " + host, reason.why(), reason.fix());
    }
    if (failure.cause(IOException.class).isPresent()) {
      return new Problem(
          "The registry %s cannot be reached".formatted(host),
          "%s, after %s".formatted(reason(failure), attempts(failure)),
          "check the registry's status, the runner's network and, behind a proxy, `HTTPS_PROXY` and `NO_PROXY`; then run the job again");
    }
    return new Problem(
        "%s does not answer like a registry".formatted(host),
        reason(failure),
        "check that the input `registry` names a registry's host, without `https://` and path");
  }

  private static UntrustedServer untrusted(RegistryFailure failure) {
    return UntrustedServer.in(failure.reason())
        .orElseGet(() ->
            new UntrustedServer(
                "TLS failed: " + reason(failure),
                "check that the registry speaks TLS at this port; Slipway never goes on without it"));
  }

  /// The registry's own words, where it has any.
  static String because(RegistryAnswer answer) {
    return answer.text().isEmpty()
        ? "it answered with status " + answer.status()
        : "it answered with status %d: %s".formatted(answer.status(), answer.text());
  }

  static String attempts(RegistryFailure failure) {
    return failure.attempts() == 1 ? "1 attempt" : failure.attempts() + " attempts";
  }

  static String reason(RegistryFailure failure) {
    if (failure.cause(SocketTimeoutException.class).isPresent()) {
      return "it did not answer in time";
    }
    Exception first =
        failure.cause(IOException.class).<Exception>map(io -> io).orElse(failure.reason());
    return Optional.ofNullable(first.getMessage()).orElse(first.getClass().getSimpleName());
  }
}
