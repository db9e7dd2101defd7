package dev.slipway.registry;

import dev.slipway.image.BaseImage;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.io.IOException;
import java.util.Optional;

/// What is wrong when a base image cannot be had, why, and how to fix it.
///
/// @param image which
record BaseProblems(BaseImage.InRegistry image) {
  ActionException of(RegistryFailure failure) {
    return new ActionException(problem(failure), failure.reason());
  }

  ActionException tooLarge() {
    return new ActionException(
        "The base image %s cannot be used".formatted(image),
        "its manifest or config is larger than 4 MiB, the most that registries accept",
        "check the input `base-image`");
  }

  private Problem problem(RegistryFailure failure) {
    return failure.answer().map(this::refused).orElseGet(() -> unreachable(failure));
  }

  private Problem refused(RegistryAnswer answer) {
    String host = image.name().registry();
    String said = answer.text().isEmpty() ? "" : ": " + answer.text();
    return switch (answer.status()) {
      // Docker Hub and GHCR say 401 or 403 of what is not there, too.
      case 401, 403, 404 ->
          new Problem(
              "The base image %s is not there, or may not be read".formatted(image),
              "%s answered with status %d%s".formatted(host, answer.status(), said),
              "check the input `base-image`; a private one is read with the login of the registry that is pushed to, from others only what everybody may read");
      case 429 ->
          new Problem(
              "The base image %s cannot be read now".formatted(image),
              "%s limits how often it is asked%s".formatted(host, said),
              "wait and run the job again; or keep a copy of the base image in your own registry, and name that in `base-image`");
      default ->
          new Problem(
              "The base image %s cannot be read".formatted(image),
              "%s answered with status %d%s".formatted(host, answer.status(), said),
              "run the job again; if it stays, look at the registry's status page");
    };
  }

  private Problem unreachable(RegistryFailure failure) {
    Exception first =
        failure.cause(IOException.class).<Exception>map(io -> io).orElse(failure.reason());
    String reason =
        Optional.ofNullable(first.getMessage()).orElse(first.getClass().getSimpleName());
    return new Problem(
        "The base image %s cannot be read".formatted(image),
        "%s could not be asked, in %d attempts: %s"
            .formatted(image.name().registry(), failure.attempts(), reason),
        "check the host in `base-image`, and whether the runner reaches it (`HTTPS_PROXY`)");
  }
}
