package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/// The JSON of an Argo CD application, made step by step; every step leaves the former one as it
/// was. Times are seconds after midnight of one day.
public record ArgoCdApplication(ObjectNode json) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

  /// Auto-synced from `main` of a repository; nothing compared yet.
  public static ArgoCdApplication of(String name, String repoUrl) {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("metadata").put("name", name);
    ObjectNode spec = json.putObject("spec").put("project", "default");
    spec.putObject("source")
        .put("repoURL", repoUrl)
        .put("path", "apps/" + name)
        .put("targetRevision", "main");
    spec.putObject("syncPolicy").putObject("automated");
    json.putObject("status").putObject("sourceHydrator");
    return new ArgoCdApplication(json);
  }

  /// As Argo CD's API would send it.
  public String text() {
    return json.toString();
  }

  /// Any other change.
  public ArgoCdApplication with(Consumer<ObjectNode> change) {
    ObjectNode copy = json.deepCopy();
    change.accept(copy);
    return new ArgoCdApplication(copy);
  }

  public ArgoCdApplication withoutAutoSync() {
    return with(json -> ((ObjectNode) json.path("spec")).remove("syncPolicy"));
  }

  public ArgoCdApplication sync(String status, String revision) {
    return with(
        json -> json.withObject("/status/sync").put("status", status).put("revision", revision));
  }

  /// `Synced` at a revision.
  public ArgoCdApplication synced(String revision) {
    return sync("Synced", revision);
  }

  /// `OutOfSync` at a revision.
  public ArgoCdApplication outOfSync(String revision) {
    return sync("OutOfSync", revision);
  }

  public ArgoCdApplication health(String status) {
    return with(json -> json.withObject("/status/health").put("status", status));
  }

  public ArgoCdApplication reconciledAt(int second) {
    return with(json -> json.withObject("/status").put("reconciledAt", time(second)));
  }

  /// An operation is asked for or under way.
  public ArgoCdApplication requested() {
    return with(json -> json.withObject("/operation/sync"));
  }

  /// No operation was ever seen, or a new one has just been asked for.
  public ArgoCdApplication noOperationState() {
    return with(json -> json.withObject("/status").remove("operationState"));
  }

  /// The operation that Argo CD works at.
  public ArgoCdApplication running(String revision) {
    return requested().operation("Running", revision, "");
  }

  /// A failed attempt that is going to be repeated: still `Running`, though with an end.
  public ArgoCdApplication retrying(String revision, int retry, int second) {
    return running(revision)
        .with(json ->
            json.withObject("/status/operationState")
                .put("retryCount", retry)
                .put("message", "one or more objects failed to apply. Retrying attempt #" + retry)
                .put("finishedAt", time(second)));
  }

  /// The operation ended, and so did the request for it.
  public ArgoCdApplication ended(String phase, String revision, int second) {
    return operation(phase, revision, phase.equals("Succeeded") ? "" : "the hook failed")
        .with(json -> {
          json.remove("operation");
          json.withObject("/status/operationState").put("finishedAt", time(second));
        });
  }

  private ArgoCdApplication operation(String phase, String revision, String message) {
    return with(json -> {
      ObjectNode state = json.withObject("/status/operationState");
      state.put("phase", phase).put("message", message).remove("finishedAt");
      state.withObject("/syncResult").put("revision", revision);
    });
  }

  public ArgoCdApplication condition(String type, String message) {
    return with(json ->
        json.withObject("/status")
            .withArray("conditions")
            .addObject()
            .put("type", type)
            .put("message", message));
  }

  public ArgoCdApplication resource(String kind, String name, String status, String health) {
    return with(json -> {
      ObjectNode resource = json.withObject("/status").withArray("resources").addObject();
      resource.put("kind", kind).put("name", name).put("status", status);
      resource
          .putObject("health")
          .put("status", health)
          .put("message", health.equals("Healthy") ? "" : kind + " is waiting");
    });
  }

  /// Adds to `status.summary.images`.
  public ArgoCdApplication podImage(String image) {
    return with(json -> json.withObject("/status/summary").withArray("images").add(image));
  }

  /// The answer of `managed-resources` with one Deployment.
  public static String deployment(String name, String declared, String live) {
    return workload("Deployment", name, podTemplate(declared), podTemplate(live));
  }

  /// The answer of `managed-resources` with Deployments that are as declared.
  ///
  /// @param images the image of each by its name
  public static String deployments(Map<String, String> images) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode items = answer.putArray("items");
    images.forEach((name, image) ->
        item(items, "Deployment", name)
            .put("targetState", podTemplate(image))
            .put("liveState", podTemplate(image)));
    return answer.toString();
  }

  /// The answer of `managed-resources` with one resource of any kind.
  public static String workload(String kind, String name, String target, String live) {
    ObjectNode answer = JSON.createObjectNode();
    item(answer.putArray("items"), kind, name).put("targetState", target).put("liveState", live);
    return answer.toString();
  }

  private static ObjectNode item(ArrayNode items, String kind, String name) {
    return items.addObject().put("group", "apps").put("kind", kind).put("name", name);
  }

  private static String podTemplate(String image) {
    return "{\"spec\":{\"replicas\":1,\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"%s\"}]}}}}"
        .formatted(image);
  }

  /// The answer of `resource-tree` with one pod.
  public static String pod(String name, String image, String reason, String message) {
    ObjectNode tree = JSON.createObjectNode();
    ObjectNode pod = tree.putArray("nodes").addObject().put("kind", "Pod").put("name", name);
    ArrayNode info = pod.putArray("info");
    info.addObject().put("name", "Status Reason").put("value", reason);
    info.addObject().put("name", "Containers").put("value", "0/1");
    pod.putArray("images").add(image);
    pod.putObject("health").put("status", "Progressing").put("message", message);
    return tree.toString();
  }

  private static String time(int second) {
    return MIDNIGHT.plusSeconds(second).toString();
  }
}
