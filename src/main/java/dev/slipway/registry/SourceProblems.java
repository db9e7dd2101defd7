package dev.slipway.registry;

import dev.slipway.image.EcrHost;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.problem.UntrustedServer;
import java.util.Optional;

/// What went wrong with the registry that an image comes from, why, and how to fix it.
record SourceProblems(Origin origin) {
  ActionException of(RegistryFailure failure) {
    return new ActionException(problem(failure), failure);
  }

  Problem problem(RegistryFailure failure) {
    Optional<ForeignServer> foreign = failure.cause(ForeignServer.class);
    if (foreign.isPresent()) {
      return new Problem(
          "%s wants its login to be sent to %s"
              .formatted(origin.name().registry(), foreign.get().host()),
          "the login was not sent: that server is neither the registry itself nor known to belong to it",
          "check the host in `%s`".formatted(origin.use().input()));
    }
    return failure
        .answer()
        .map(answer -> refused(answer, failure))
        .orElseGet(() -> unreachable(failure));
  }

  /// The registry sent something else than it has.
  Problem damaged(String why) {
    return new Problem(
        "%s arrived damaged".formatted(origin.name()),
        why,
        "run the job again; if it stays so, push the image anew to where it comes from");
  }

  private Problem refused(RegistryAnswer answer, RegistryFailure failure) {
    return switch (answer.status()) {
      case 401, 403 ->
          new Problem(
              "The %s %s is not there, or may not be read"
                  .formatted(origin.use().noun(), origin.name()),
              RegistryProblems.because(answer),
              permission());
      case 404 ->
          new Problem(
              "The %s was not found in %s".formatted(origin.use().noun(), origin.name()),
              RegistryProblems.because(answer),
              "check the reference in `%s`; some registries say this, too, of images that the login may not read"
                  .formatted(origin.use().input()));
      case 429 ->
          new Problem(
              "%s hands out no more for now".formatted(origin.name().registry()),
              "%s, after %s"
                  .formatted(RegistryProblems.because(answer), RegistryProblems.attempts(failure)),
              "wait and run the job again; or keep a copy of the image in your own registry, and name that in `%s`"
                  .formatted(origin.use().input()));
      default ->
          new Problem(
              "%s does not hand out the image".formatted(origin.name().registry()),
              "%s, after %s"
                  .formatted(RegistryProblems.because(answer), RegistryProblems.attempts(failure)),
              "look at the registry's status page and run the job again later");
    };
  }

  private String permission() {
    String host = origin.name().registry();
    if (host.equals(GhcrRegistry.HOST)) {
      return "give the job `permissions: packages: read`, and this repository access to the package %s in its settings under \"Manage Actions access\""
          .formatted(origin.name().repository());
    }
    if (EcrHost.parse(host).isPresent()) {
      return "allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer on the repository %s to the role"
          .formatted(origin.name().repository());
    }
    return origin.login() instanceof RegistryLogin.Guest
        ? "only public images are read from %s: the login of the inputs is for the registry that is pushed to; copy a private image to that registry first"
            .formatted(host)
        : "allow the user of `registry-username` to read this repository";
  }

  private Problem unreachable(RegistryFailure failure) {
    Optional<UntrustedServer> untrusted = UntrustedServer.in(failure.reason());
    if (untrusted.isPresent()) {
      return new Problem(
          "There is no trustworthy connection to " + origin.name().registry(),
          untrusted.get().why(),
          untrusted.get().fix());
    }
    return new Problem(
        "The registry %s cannot be read".formatted(origin.name().registry()),
        "%s, after %s"
            .formatted(RegistryProblems.reason(failure), RegistryProblems.attempts(failure)),
        "check the reference in `%s`, the registry's status and the runner's network; then run the job again"
            .formatted(origin.use().input()));
  }
}
