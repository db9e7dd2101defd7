package dev.slipway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.delivery.Secret;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// What a job's OIDC token says about the job, for the reader who has to compare it with a trust
/// policy. The token itself stays secret: without its signature the claims open nothing.
final class Claims {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SHOWN =
      List.of("sub", "aud", "repository", "ref", "environment", "job_workflow_ref");
  private static final int LONGEST = 200;

  private Claims() {}

  /// The claims that trust policies ask for, e.g. `sub=repo:acme/shop:ref:refs/heads/main`.
  static String of(Secret token) {
    String[] parts = token.reveal().split("\\.", -1);
    if (parts.length != 3) {
      return "none that can be read";
    }
    try {
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      return SHOWN.stream()
          .filter(name -> claims.path(name).isTextual())
          .map(name -> name + "=" + shown(claims.path(name).asText()))
          .collect(Collectors.joining(", "));
    } catch (IOException | IllegalArgumentException _) {
      return "none that can be read";
    }
  }

  private static String shown(String value) {
    String line = value.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
