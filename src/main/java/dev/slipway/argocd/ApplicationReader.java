package dev.slipway.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.argocd.ApplicationState.Condition;
import dev.slipway.argocd.ApplicationState.Health;
import dev.slipway.argocd.ApplicationState.Hydration;
import dev.slipway.argocd.ApplicationState.Operation;
import dev.slipway.argocd.ApplicationState.Resource;
import dev.slipway.argocd.ApplicationState.Source;
import dev.slipway.argocd.ApplicationState.Spec;
import dev.slipway.argocd.ApplicationState.Sync;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads Argo CD's JSON of an application.
final class ApplicationReader {
  private static final String GENERATE_PATHS = "argocd.argoproj.io/manifest-generate-paths";

  private ApplicationReader() {}

  /// Whatever is absent reads as empty.
  static ApplicationState read(JsonNode application) {
    JsonNode status = application.path("status");
    return new ApplicationState(
        spec(application),
        new Sync(text(status.path("sync"), "status"), revisions(status.path("sync"))),
        health(status.path("health")),
        application.path("operation").isObject(),
        object(status.path("operationState")).map(ApplicationReader::operation),
        errors(status.path("conditions")),
        instant(status, "reconciledAt"),
        object(status.path("sourceHydrator")).map(ApplicationReader::hydration),
        stream(status.path("resources")).map(ApplicationReader::resource).toList(),
        stream(status.path("summary").path("images")).map(JsonNode::asText).toList());
  }

  private static Spec spec(JsonNode application) {
    JsonNode spec = application.path("spec");
    JsonNode automated = spec.path("syncPolicy").path("automated");
    Optional<JsonNode> hydrator = object(spec.path("sourceHydrator"));
    return new Spec(
        text(spec, "project"),
        hydrator.map(node -> List.of(hydrated(node))).orElseGet(() -> sources(spec)),
        hydrator.map(node -> source(node.path("drySource"))),
        automated.isObject() && automated.path("enabled").asBoolean(true),
        application.path("metadata").path("deletionTimestamp").isTextual(),
        Optional.of(application.path("metadata").path("annotations").path(GENERATE_PATHS).asText())
            .filter(paths -> !paths.isEmpty()));
  }

  /// As Argo CD: `sources` hides `source`.
  private static List<Source> sources(JsonNode spec) {
    return spec.path("sources").isEmpty()
        ? object(spec.path("source")).map(ApplicationReader::source).stream().toList()
        : stream(spec.path("sources")).map(ApplicationReader::source).toList();
  }

  private static Source source(JsonNode source) {
    String url = text(source, "repoURL");
    return new Source(
        url,
        text(source, "targetRevision"),
        text(source, "chart").isEmpty() && !url.startsWith("oci://"));
  }

  private static Source hydrated(JsonNode hydrator) {
    String url = text(hydrator.path("syncSource"), "repoURL");
    return new Source(
        url.isEmpty() ? text(hydrator.path("drySource"), "repoURL") : url,
        text(hydrator.path("syncSource"), "targetBranch"),
        true);
  }

  private static Operation operation(JsonNode state) {
    List<String> done = revisions(state.path("syncResult"));
    return new Operation(
        text(state, "phase"),
        text(state, "message"),
        done.isEmpty() ? revisions(state.path("operation").path("sync")) : done,
        instant(state, "finishedAt"),
        state.path("retryCount").asLong());
  }

  private static Hydration hydration(JsonNode state) {
    JsonNode last = state.path("lastSuccessfulOperation");
    JsonNode current = state.path("currentOperation");
    return new Hydration(
        text(last, "drySHA"),
        text(last, "hydratedSHA"),
        text(state, "lastComparedDryRevision"),
        text(current, "drySHA"),
        text(current, "phase"),
        text(current, "message"),
        instant(current, "finishedAt"));
  }

  private static List<Condition> errors(JsonNode conditions) {
    return stream(conditions)
        .map(condition -> new Condition(text(condition, "type"), text(condition, "message")))
        .filter(condition -> condition.type().endsWith("Error"))
        .toList();
  }

  private static Resource resource(JsonNode resource) {
    return new Resource(
        text(resource, "kind"),
        text(resource, "name"),
        text(resource, "status"),
        health(resource.path("health")),
        resource.path("requiresPruning").asBoolean());
  }

  private static Health health(JsonNode health) {
    return new Health(text(health, "status"), text(health, "message"));
  }

  private static List<String> revisions(JsonNode node) {
    List<String> several = stream(node.path("revisions")).map(JsonNode::asText).toList();
    String one = text(node, "revision");
    return several.isEmpty() && !one.isEmpty() ? List.of(one) : several;
  }

  private static Optional<Instant> instant(JsonNode node, String field) {
    try {
      return Optional.of(text(node, field)).filter(text -> !text.isEmpty()).map(Instant::parse);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> object(JsonNode node) {
    return Optional.of(node).filter(JsonNode::isObject);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
