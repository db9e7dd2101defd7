package dev.slipway.github;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/// Lets GitHub API for Java send its requests over our [Transport].
final class LibraryConnector implements GitHubConnector {
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final Transport transport;

  LibraryConnector(Transport transport) {
    this.transport = transport;
  }

  @Override
  public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
    Call call =
        new Call(
            request.method(),
            URI.create(request.url().toString()),
            request.allHeaders().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, header -> String.join(", ", header.getValue()))),
            body(request),
            SAFE.contains(request.method()));
    return new Response(request, transport.send(call));
  }

  private static String body(GitHubConnectorRequest request) throws IOException {
    try (InputStream body = request.body()) {
      return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// An answer as the library reads it.
  private static final class Response extends GitHubConnectorResponse {
    private final byte[] body;

    Response(GitHubConnectorRequest request, Answer answer) {
      super(request, answer.status(), headers(answer));
      this.body = answer.body();
    }

    private static Map<String, List<String>> headers(Answer answer) {
      return answer.headers().map().entrySet().stream()
          // The transport has unpacked it.
          .filter(header -> !header.getKey().equalsIgnoreCase("Content-Encoding"))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    protected InputStream rawBodyStream() {
      return new ByteArrayInputStream(body);
    }
  }
}
