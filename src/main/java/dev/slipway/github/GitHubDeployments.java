package dev.slipway.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.delivery.DeploymentLedger;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.github.Refusals.Deed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.kohsuke.github.GHDeployment;
import org.kohsuke.github.GHDeploymentBuilder;

/// The [deployments](https://docs.github.com/en/rest/deployments/deployments) of a repository on
/// GitHub: one for each delivery, with what it brought as payload.
///
/// Their statuses are made with GraphQL: GitHub API for Java cannot say `in_progress`, as it writes
/// every state with dashes, and GraphQL, which alone reads many deployments with their statuses at
/// once, tells no number that REST would take.
final class GitHubDeployments implements DeploymentLedger {
  /// GitHub's limit for a description, in characters.
  private static final int LONGEST_DESCRIPTION = 140;

  /// GitHub names no limit for a payload; its other long texts take as much.
  private static final int LARGEST_PAYLOAD = 65_535;

  /// Services that share an environment are looked for among each other's deployments: one of them
  /// for so many of its own, on so many pages.
  private static final int ENOUGH = 10;

  private static final int MOST_PAGES = 5;

  static final String ADD_STATUS =
      """
      mutation AddDeploymentStatus($input: CreateDeploymentStatusInput!) {
        createDeploymentStatus(input: $input) { clientMutationId }
      }
      """;

  private final GitHubApi api;
  private final RepositoryName name;
  private final Refusals refusals;

  /// The page of this run, once it has begun an entry.
  private final AtomicReference<Optional<URI>> run = new AtomicReference<>(Optional.empty());

  GitHubDeployments(GitHubApi api, RepositoryName name) {
    this.api = api;
    this.name = name;
    this.refusals = Refusals.of(name, api.token(), "github-token");
  }

  @Override
  public List<Entry> entries(String environment, String target) {
    return refusals.translating(Deed.READ_DEPLOYMENTS, () -> read(environment, target));
  }

  private List<Entry> read(String environment, String target) {
    Map<String, String> variables = new HashMap<>(Map.of("environment", environment));
    List<Entry> found = new ArrayList<>();
    for (int page = 0; page < MOST_PAGES && good(found) < ENOUGH; page++) {
      JsonNode deployments = page(variables);
      noted(deployments)
          .filter(deployment -> deployment.payload().target().equals(target))
          .map(NotedDeployment::entry)
          .forEach(found::add);
      JsonNode info = deployments.path("pageInfo");
      if (!info.path("hasNextPage").asBoolean()) {
        break;
      }
      variables.put("after", info.path("endCursor").asText());
    }
    return found;
  }

  private static long good(List<Entry> entries) {
    return entries.stream().filter(entry -> entry.standing() != Standing.BAD).count();
  }

  private JsonNode page(Map<String, String> variables) {
    return api.graphQl().ask(name, NotedDeployment.DOCUMENT, variables).path("deployments");
  }

  private static Stream<NotedDeployment> noted(JsonNode deployments) {
    return deployments
        .path("nodes")
        .valueStream()
        .map(NotedDeployment::of)
        .flatMap(Optional::stream);
  }

  @Override
  public String begin(Note note) {
    DeploymentPayload payload =
        new DeploymentPayload(
            UUID.randomUUID().toString(), note.target(), note.runId(), note.record());
    int size = payload.text().getBytes(StandardCharsets.UTF_8).length;
    if (size > LARGEST_PAYLOAD) {
      throw GitHubProblems.tooMuchToNote(name, size, LARGEST_PAYLOAD);
    }
    run.set(Optional.of(note.run()));
    return refusals.translating(
        Deed.NOTE_DEPLOYMENT,
        () -> {
          String id = create(note, payload);
          addStatus(id, "IN_PROGRESS", "");
          return id;
        });
  }

  private String create(Note note, DeploymentPayload payload) {
    Attempts attempts = new Attempts(api.waiting());
    while (true) {
      try {
        return id(api.library().call(() -> request(note, payload).create()));
      } catch (Lost lost) {
        attempts.failed(lost);
        Optional<String> made = find(note.environment(), payload.key());
        if (made.isPresent()) {
          return made.get();
        }
      }
    }
  }

  private GHDeploymentBuilder request(Note note, DeploymentPayload payload) {
    return api.library()
        .repository(name)
        .createDeployment(note.record().commit().value())
        .environment(note.environment())
        .task(note.rollback() ? NotedDeployment.ROLLBACK : NotedDeployment.DEPLOY)
        // What is noted is done by us, whatever the default branch and the checks say.
        .autoMerge(false)
        .requiredContexts(List.of())
        .payload(payload.text())
        .description(
            description((note.rollback() ? "Return to " : "Deploy ") + note.record().label()));
  }

  /// GitHub also answers well when it merges instead, which we ask it not to do.
  private static String id(GHDeployment made) {
    return Optional.ofNullable(made.getNodeId())
        .orElseThrow(
            () -> GitHubProblems.unreadable(new IllegalStateException("no deployment was made")));
  }

  private Optional<String> find(String environment, String key) {
    return noted(page(Map.of("environment", environment)))
        .filter(deployment -> deployment.payload().key().equals(key))
        .map(NotedDeployment::id)
        .findFirst();
  }

  @Override
  public void settle(String entry, Standing standing, String why) {
    String state =
        switch (standing) {
          case UNDER_WAY -> "IN_PROGRESS";
          case PENDING -> "QUEUED";
          case GOOD -> "SUCCESS";
          case BAD -> "FAILURE";
        };
    refusals.translating(
        Deed.NOTE_DEPLOYMENT,
        () -> {
          addStatus(entry, state, description(why));
          return entry;
        });
  }

  /// Saying the same twice does no harm, so a lost answer needs no look.
  private void addStatus(String deployment, String state, String description) {
    Attempts attempts = new Attempts(api.waiting());
    Map<String, String> input =
        Map.of(
            "deploymentId", deployment,
            "state", state,
            "description", description,
            "logUrl", run.get().map(URI::toString).orElse(""));
    while (true) {
      try {
        api.graphQl().mutate(ADD_STATUS, Map.of("input", input));
        return;
      } catch (Lost lost) {
        attempts.failed(lost);
      }
    }
  }

  private static String description(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_DESCRIPTION
        ? line
        : line.substring(0, LONGEST_DESCRIPTION - 3) + "...";
  }
}
