package dev.slipway.registry.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.image.ImageSource.DockerDaemon;
import dev.slipway.problem.ActionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Docker engine of this machine, asked through its
/// [API](https://docs.docker.com/reference/api/engine/).
///
/// Paths carry no version, which means the engine's own: what is asked here has not changed since
/// the first. `DOCKER_HOST` is not honoured, because any earlier step can set it.
public final class DockerEngine {
  /// Where the runner mounts its engine's socket into every container action.
  public static final Path SOCKET = Path.of("/var/run/docker.sock");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 256 << 10;
  private static final Duration FOR_A_FACT = Duration.ofSeconds(30);
  // Engines without the containerd store write all layers to their own disk before the first byte.
  private static final Duration FOR_AN_IMAGE = Duration.ofMinutes(10);

  private final Path socket;
  private final Duration forAFact;
  private final Duration forAnImage;

  /// The engine behind `socket`.
  public DockerEngine(Path socket) {
    this(socket, FOR_A_FACT, FOR_AN_IMAGE);
  }

  /// @param forAFact how long to wait for the next byte of a small answer
  /// @param forAnImage the same for an image
  DockerEngine(Path socket, Duration forAFact, Duration forAnImage) {
    this.socket = socket;
    this.forAFact = forAFact;
    this.forAnImage = forAnImage;
  }

  /// Takes the bytes of an image as they come.
  public interface Sink {
    void take(byte[] bytes, int length) throws IOException;
  }

  /// Makes sure that the engine has `image`.
  ///
  /// @throws ActionException with the names that it has instead
  public void check(DockerDaemon image) {
    EngineProblems problems = new EngineProblems(image, socket);
    try (EngineAnswer answer =
        EngineAnswer.get(socket, "/images/" + image.name() + "/json", forAFact)) {
      if (answer.status() == 404) {
        throw problems.missing(version(), namesLike(image));
      }
      if (answer.status() != 200) {
        throw problems.refused(version(), answer.status(), message(answer));
      }
    } catch (IOException e) {
      throw problems.unreachable(e);
    }
  }

  /// Hands over what `docker save` would write for `image`.
  ///
  /// @throws ActionException when the engine does not
  /// @throws IOException of the sink
  public void save(DockerDaemon image, Sink sink) throws IOException {
    EngineProblems problems = new EngineProblems(image, socket);
    byte[] buffer = new byte[BUFFER];
    try (EngineAnswer answer = saved(image, problems)) {
      InputStream body = answer.body();
      for (int read = read(body, buffer, problems);
          read >= 0;
          read = read(body, buffer, problems)) {
        sink.take(buffer, read);
      }
    }
  }

  private EngineAnswer saved(DockerDaemon image, EngineProblems problems) throws IOException {
    EngineAnswer answer;
    try {
      answer = EngineAnswer.get(socket, "/images/" + image.name() + "/get", forAnImage);
    } catch (IOException e) {
      throw problems.unreachable(e);
    }
    if (answer.status() == 200) {
      return answer;
    }
    try (answer) {
      throw problems.refused(version(), answer.status(), message(answer));
    }
  }

  private static int read(InputStream body, byte[] buffer, EngineProblems problems) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw problems.cutOff(e);
    }
  }

  /// Why the engine gave up in the middle of an image, where `end`, the end of what it sent, says
  /// so: the status is long sent then, and the reason follows the last byte of the image
  /// ([source](https://github.com/moby/moby/blob/v28.2.2/api/server/router/image/image_routes.go)).
  public void checkEnd(DockerDaemon image, byte[] end) {
    String text = new String(end, UTF_8);
    int at = text.lastIndexOf("{\"errorDetail\":");
    if (at >= 0) {
      String message = json(text.substring(at)).path("error").asText();
      throw new EngineProblems(image, socket).stopped(message);
    }
  }

  /// Only for a message; empty where the engine does not tell it.
  private Optional<String> version() {
    return Optional.of(ask("/version").path("Version").asText()).filter(text -> !text.isEmpty());
  }

  private List<String> namesLike(DockerDaemon image) {
    String filter = "{\"reference\":[\"%s\"]}".formatted(image.name().repository());
    List<String> names = new ArrayList<>();
    for (JsonNode found : ask("/images/json?filters=" + URLEncoder.encode(filter, UTF_8))) {
      found.path("RepoTags").forEach(name -> names.add(name.asText()));
    }
    return names;
  }

  private JsonNode ask(String path) {
    try (EngineAnswer answer = EngineAnswer.get(socket, path, forAFact)) {
      return answer.status() == 200 ? json(answer.text()) : MissingNode.getInstance();
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }

  private static String message(EngineAnswer answer) throws IOException {
    return json(answer.text()).path("message").asText();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }
}
