package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A deployment of a [FakeRepository].
public final class FakeDeployment {
  /// What somebody said of it.
  ///
  /// @param state as GraphQL writes it
  public record Status(String state, String description, String logUrl, Instant at) {}

  private final long number;
  private final String commit;
  private final String environment;
  private final String task;
  private final String description;
  private final JsonNode payload;
  private final List<Status> statuses = new ArrayList<>();

  FakeDeployment(long number, String commit, JsonNode request) {
    this.number = number;
    this.commit = commit;
    this.environment = request.path("environment").asText("production");
    this.task = request.path("task").asText("deploy");
    this.description = request.path("description").asText("");
    this.payload = request.path("payload");
  }

  /// REST's, which GraphQL's `Int` does not hold.
  long number() {
    return number;
  }

  public String commit() {
    return commit;
  }

  public String environment() {
    return environment;
  }

  public String task() {
    return task;
  }

  public String description() {
    return description;
  }

  /// As it came: an object, or a string that holds one.
  public JsonNode payload() {
    return payload;
  }

  /// Oldest first.
  public List<Status> statuses() {
    return List.copyOf(statuses);
  }

  /// Somebody says something of it.
  public void add(Status status) {
    statuses.add(status);
  }

  boolean succeeded() {
    return statuses.stream().anyMatch(status -> status.state().equals("SUCCESS"));
  }
}
