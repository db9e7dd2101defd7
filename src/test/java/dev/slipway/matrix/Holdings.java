package dev.slipway.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.sandbox.FakeCommand;
import dev.slipway.sandbox.FakeEcs;
import dev.slipway.sandbox.FakeSsm;
import dev.slipway.sandbox.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What servers hold, as text.
final class Holdings {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Holdings() {}

  /// Each tag of a repository with the digest that it stands for.
  static String registry(String host, String repository) {
    try {
      List<String> lines = new ArrayList<>();
      JsonNode tags = JSON.readTree(get(host, repository + "/tags/list").body()).path("tags");
      for (JsonNode tag : tags) {
        lines.add(
            "image %s:%s is %s"
                .formatted(repository, tag.asText(), digest(host, repository, tag.asText())));
      }
      return lines.stream().sorted().collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String host, String repository, String tag) throws IOException {
    return get(host, repository + "/manifests/" + tag)
        .headers()
        .firstValue("Docker-Content-Digest")
        .orElse("missing");
  }

  private static HttpResponse<String> get(String host, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s/v2/%s".formatted(host, path)))
            .header("Authorization", RegistryServer.authorization("AWS"))
            .header("Accept", "application/vnd.oci.image.manifest.v1+json")
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The service's task definition, and every revision that was registered for it.
  static String service(FakeEcs ecs) {
    return "service runs %s%nregistered:%n%s"
        .formatted(ecs.service().path("taskDefinition"), String.join("\n", ecs.registered()));
  }

  /// The scripts that were sent, each once however often it was.
  static String scripts(FakeSsm ssm) {
    return ssm.commands().stream()
        .map(FakeCommand::script)
        .distinct()
        .collect(Collectors.joining("\n", "scripts:\n", ""));
  }
}
