package dev.slipway.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.aws.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/// The deployments of a service as ECS remembers them.
///
/// @param entries the newest first
/// @param before ARN of the task definition that the service ran before the oldest of them; empty:
///   not known
record ServiceHistory(List<Entry> entries, Optional<String> before) {

  /// A deployment.
  ///
  /// @param arn its own
  /// @param record of its state; only the newest and the oldest have more than a status
  /// @param definition ARN of the task definition that it brought
  /// @param returnedTo ARN of the one that its rollback brings back
  /// @param images by container, in all the ways in which a definition may write them
  record Entry(
      String arn,
      ServiceDeployment record,
      String definition,
      Optional<String> returnedTo,
      Map<String, Set<String>> images) {
    boolean ranWell() {
      return record.status().equals("SUCCESSFUL");
    }
  }

  /// Reads it.
  ///
  /// @throws SdkException when AWS refuses
  static ServiceHistory read(HistoryApi api, String service) {
    List<JsonNode> deployments = api.deployments(service);
    if (deployments.isEmpty()) {
      return new ServiceHistory(List.of(), Optional.empty());
    }
    Map<String, ServiceDeployment> records =
        api.records(
            Stream.of(deployments.getFirst(), deployments.getLast())
                .map(ServiceHistory::arn)
                .toList());
    Set<String> needed = new HashSet<>();
    deployments.forEach(deployment -> needed.add(target(deployment)));
    records
        .values()
        .forEach(record -> {
          needed.addAll(record.sources());
          record.returnsTo().ifPresent(needed::add);
        });
    needed.remove("");
    return of(deployments, records, api.revisions(needed));
  }

  private static ServiceHistory of(
      List<JsonNode> deployments,
      Map<String, ServiceDeployment> records,
      Map<String, JsonNode> revisions) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode deployment : deployments) {
      ServiceDeployment record =
          records.getOrDefault(arn(deployment), ServiceDeployment.read(deployment));
      Optional.ofNullable(revisions.get(target(deployment)))
          .map(revision ->
              new Entry(
                  arn(deployment),
                  record,
                  definition(revision),
                  record.returnsTo().map(revisions::get).map(ServiceHistory::definition),
                  images(revision)))
          .ifPresent(entries::add);
    }
    return new ServiceHistory(
        List.copyOf(entries),
        definitionBefore(Optional.ofNullable(records.get(arn(deployments.getLast()))), revisions));
  }

  /// The definition that ran before a deployment; empty when it was not exactly one.
  private static Optional<String> definitionBefore(
      Optional<ServiceDeployment> record, Map<String, JsonNode> revisions) {
    List<String> sources =
        record.stream()
            .flatMap(known -> known.sources().stream())
            .map(revisions::get)
            .flatMap(Stream::ofNullable)
            .map(ServiceHistory::definition)
            .distinct()
            .toList();
    return sources.size() == 1 ? Optional.of(sources.getFirst()) : Optional.empty();
  }

  private static String arn(JsonNode deployment) {
    return deployment.path("serviceDeploymentArn").asText();
  }

  private static String target(JsonNode deployment) {
    return deployment.path("targetServiceRevisionArn").asText();
  }

  private static String definition(JsonNode revision) {
    return revision.path("taskDefinition").asText();
  }

  private static Map<String, Set<String>> images(JsonNode revision) {
    return Json.elements(revision.path("containerImages"))
        .collect(
            Collectors.toUnmodifiableMap(
                image -> image.path("containerName").asText(),
                image -> writings(image.path("image").asText(), image.path("imageDigest").asText()),
                (first, _) -> first));
  }

  /// ECS may tell a tag's digest apart from the image, and a reader may look for either.
  private static Set<String> writings(String image, String digest) {
    String bare = image.replaceFirst("@.*", "");
    String name = bare.replaceFirst(":[^:/]*$", "");
    return digest.isEmpty()
        ? Set.of(image)
        : Stream.of(image, bare, name + "@" + digest, bare + "@" + digest)
            .collect(Collectors.toUnmodifiableSet());
  }

  Optional<Entry> newest() {
    return entries.stream().findFirst();
  }

  /// What ECS would bring back if it gave the newest deployment up: the [last successful
  /// one](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html).
  Optional<String> lastGood() {
    return entries.stream()
        .filter(Entry::ranWell)
        .map(Entry::definition)
        .findFirst()
        .or(() -> before);
  }
}
