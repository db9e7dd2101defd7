package dev.slipway.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.delivery.RepositoryName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// GitHub's GraphQL API, for what REST cannot do: facts about merging, signed commits on an
/// expected head, several refs moved at once.
final class GraphQl {
  /// Facts that are nice to have; a token that may not see them is no reason to stop.
  private static final Set<String> OPTIONAL =
      Set.of(
          "mergeQueue", "mergeQueueEntry", "pullRequests", "statusCheckRollup", "viewerPermission");

  private final Transport transport;

  GraphQl(Transport transport) {
    this.transport = transport;
  }

  /// The `data` of a query.
  ///
  /// @throws Refused when GitHub reports errors
  JsonNode query(String document, Map<String, ?> variables) {
    return run(document, variables, true);
  }

  /// What a query says of one repository, which its variables `$owner` and `$name` are.
  ///
  /// @throws Refused when GitHub reports errors
  JsonNode ask(RepositoryName repository, String document, Map<String, ?> others) {
    Map<String, Object> variables = new LinkedHashMap<>(others);
    variables.put("owner", repository.owner());
    variables.put("name", repository.name());
    return query(document, variables).path("repository");
  }

  /// The `data` of a mutation.
  ///
  /// @throws Refused when GitHub reports errors
  /// @throws Lost when it may or may not have happened
  JsonNode mutate(String document, Map<String, ?> variables) {
    return run(document, variables, false);
  }

  private JsonNode run(String document, Map<String, ?> variables, boolean safe) {
    Call call =
        new Call(
            "POST",
            transport.address().graphQl(),
            Map.of("Content-Type", "application/json", "Accept", "application/json"),
            json(Map.of("query", document, "variables", variables)),
            safe);
    Backoff backoff = transport.backoff();
    while (true) {
      Answer answer = transport.send(call);
      JsonNode result = parse(answer);
      ArrayNode errors = errorsThatMatter(result);
      if (errors.isEmpty()) {
        return result.path("data");
      }
      Refused refused = Refused.graphQl(answer, errors);
      if (refused.is("RATE_LIMITED")) {
        transport.limits().await(answer);
      } else if (refused.says("Something went wrong while executing your query")) {
        retryFault(refused, safe, backoff);
      } else {
        throw refused;
      }
    }
  }

  /// GitHub's own time-outs and faults come with status 200 and these words.
  private void retryFault(Refused fault, boolean safe, Backoff backoff) {
    if (!safe) {
      throw new Lost(GitHubProblems.faulty(transport.address(), fault));
    }
    backoff.pause(Optional.empty(), () -> GitHubProblems.faulty(transport.address(), fault));
  }

  /// A point in time in an answer.
  ///
  /// @throws IllegalArgumentException when it is none
  static Instant date(JsonNode node) {
    try {
      return Instant.parse(node.asText());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no date: " + node, e);
    }
  }

  private static ArrayNode errorsThatMatter(JsonNode result) {
    ArrayNode errors = Transport.JSON.createArrayNode();
    for (JsonNode error : result.path("errors")) {
      if (error.path("path").valueStream().map(JsonNode::asText).noneMatch(OPTIONAL::contains)) {
        errors.add(error);
      }
    }
    return errors;
  }

  private static String json(Map<String, ?> body) {
    try {
      return Transport.JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("variables are plain values", e);
    }
  }

  private JsonNode parse(Answer answer) {
    try {
      JsonNode result = Transport.JSON.readTree(answer.text());
      if (result.has("data") || result.path("errors").size() > 0) {
        return result;
      }
    } catch (JsonProcessingException e) {
      throw GitHubProblems.unreadable(e);
    }
    throw GitHubProblems.unreadable(new IllegalStateException("neither data nor errors"));
  }
}
