package dev.slipway.registry.engine;

import dev.slipway.image.ImageSource.DockerDaemon;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is said when the engine does not hand over an image.
final class EngineProblems {
  private static final int SHOWN = 10;
  private static final int LONGEST = 300;
  private static final String LOAD =
      "Load the image into the engine of this machine in an earlier step of the same job: `load: true`"
          + " for docker/build-push-action, `--load` for `docker buildx build`; without it the result"
          + " stays in the builder.";
  private static final String INSTEAD =
      "Write an archive instead (`docker save --output image.tar NAME:TAG`), and name that file.";

  private final DockerDaemon image;
  private final Path socket;

  EngineProblems(DockerDaemon image, Path socket) {
    this.image = image;
    this.socket = socket;
  }

  ActionException missing(Optional<String> version, List<String> names) {
    String there =
        names.isEmpty()
            ? "It has no image of the repository `%s`.".formatted(image.name().repository())
            : "Of the same repository it has %s."
                .formatted(
                    names.stream()
                        .sorted()
                        .limit(SHOWN)
                        .map(name -> "`" + plain(name) + "`")
                        .collect(Collectors.joining(", ")));
    return problem(
        "is not in the Docker engine",
        "%s does not know `%s`. %s".formatted(engine(version), image.name(), there),
        names.isEmpty() ? LOAD : "Name one of them. " + LOAD);
  }

  ActionException refused(Optional<String> version, int status, String message) {
    return problem(
        "cannot be read from the Docker engine",
        "%s answers with status %d%s"
            .formatted(engine(version), status, message.isEmpty() ? "." : ": " + plain(message)),
        "Look at the engine's own log. " + INSTEAD);
  }

  ActionException stopped(String message) {
    return problem(
        "cannot be read from the Docker engine",
        "The engine stopped in the middle of the image: %s".formatted(plain(message)),
        "Check the free space of the engine's disk, and whether the image is complete: `docker save"
            + " NAME:TAG` would fail in the same way.");
  }

  ActionException cutOff(IOException cause) {
    return problem(
        "cannot be read from the Docker engine",
        "The connection ended in the middle of the image: %s.".formatted(reason(cause)),
        "Look at the engine's own log: it may have been stopped, or its disk may be full. "
            + INSTEAD,
        cause);
  }

  /// Looks at the socket, because the failure itself says little.
  ActionException unreachable(IOException cause) {
    if (!Files.exists(socket)) {
      return problem(
          "cannot be read: there is no Docker engine",
          "The socket `%s` is not there. A runner mounts its engine's socket into container actions;"
                  .formatted(socket)
              + " one without Docker, as in Kubernetes, has none. Variables such as DOCKER_HOST are not"
              + " followed.",
          INSTEAD,
          cause);
    }
    if (!Files.isReadable(socket) || !Files.isWritable(socket)) {
      return problem(
          "cannot be read: the Docker engine is closed to this user",
          "The socket `%s` may not be read and written by user `%s`."
              .formatted(socket, System.getProperty("user.name")),
          "Run the action as root, as runners do, or as a member of the socket's group. " + INSTEAD,
          cause);
    }
    return problem(
        "cannot be read: the Docker engine does not answer",
        "At the socket `%s`: %s.".formatted(socket, reason(cause)),
        "Check in an earlier step that the engine runs: `docker info`.",
        cause);
  }

  private String engine(Optional<String> version) {
    return version.isPresent()
        ? "The engine %s at `%s`".formatted(plain(version.get()), socket)
        : "The engine at `%s`".formatted(socket);
  }

  private ActionException problem(String what, String why, String fix) {
    return new ActionException("`%s` %s".formatted(image.asWritten(), what), why, fix);
  }

  private ActionException problem(String what, String why, String fix, IOException cause) {
    return new ActionException(
        new Problem("`%s` %s".formatted(image.asWritten(), what), why, fix), cause);
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : plain(message);
  }

  private static String plain(String foreign) {
    String start = foreign.length() <= LONGEST ? foreign : foreign.substring(0, LONGEST) + "...";
    return start.strip().replaceAll("[\\p{Cntrl}`\\p{Cf}\\u2028\\u2029]", "?");
  }
}
