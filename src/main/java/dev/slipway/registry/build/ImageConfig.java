package dev.slipway.registry.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.image.ContainerSettings;
import dev.slipway.image.ContainerSettings.Start;
import dev.slipway.registry.archive.LayerPress.Pressed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The config of a built image: that of its base image, every field kept, and what is added.
///
/// [Specification](https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md).
record ImageConfig(ContainerSettings settings, Application application) {
  // The same files give the same digest on any day. Jib, ko and Bazel say this time, too.
  private static final String CREATED = "1970-01-01T00:00:00Z";

  /// The config on `base`.
  ///
  /// @param layers those of the application, made
  /// @throws dev.slipway.registry.archive.Refused when nothing says what to start
  ObjectNode on(Base base, List<Pressed> layers) {
    ObjectNode config = base.config().deepCopy();
    config.put("created", CREATED);
    ObjectNode rootfs = object(config, "rootfs");
    // Null where the base image has no layer.
    ArrayNode diffIds =
        rootfs.path("diff_ids") instanceof ArrayNode known ? known : rootfs.putArray("diff_ids");
    layers.forEach(layer -> diffIds.add(layer.diffId().value()));
    addHistory(config, base);
    run(object(config, "config"));
    return config;
  }

  /// Every layer has an entry, or none has.
  private void addHistory(ObjectNode config, Base base) {
    JsonNode known = config.path("history");
    if (base.layers().isEmpty() || !known.isEmpty()) {
      ArrayNode history = known.isArray() ? (ArrayNode) known : config.putArray("history");
      for (Layer layer : application.layers()) {
        history
            .addObject()
            .put("created", CREATED)
            .put("created_by", "slipway")
            .put("comment", layer.name());
      }
    }
  }

  private void run(ObjectNode run) {
    Start start = settings.start();
    List<String> entrypoint = entrypoint(start);
    if (!entrypoint.isEmpty()) {
      ArrayNode words = run.putArray("Entrypoint");
      entrypoint.forEach(words::add);
      // They were for the entrypoint that is gone.
      run.remove("Cmd");
    }
    if (run.path("Entrypoint").isEmpty() && run.path("Cmd").isEmpty()) {
      throw BuildProblems.noCommand();
    }
    run.put("WorkingDir", application.folder());
    start.user().ifPresent(user -> run.put("User", user));
    addEnvironment(run, start.environment());
    start.ports().forEach(port -> object(run, "ExposedPorts").putObject(port));
    settings.labels().forEach((name, value) -> object(run, "Labels").put(name, value));
  }

  private List<String> entrypoint(Start start) {
    if (!start.entrypoint().isEmpty() || application.command().main().isEmpty()) {
      return start.entrypoint();
    }
    return Stream.of(application.command().java(), start.jvmFlags(), application.command().main())
        .flatMap(List::stream)
        .toList();
  }

  private static void addEnvironment(ObjectNode run, Map<String, String> added) {
    if (added.isEmpty()) {
      return;
    }
    Map<String, String> all = new LinkedHashMap<>();
    for (JsonNode variable : run.path("Env")) {
      all.put(variable.asText().split("=", 2)[0], variable.asText());
    }
    added.forEach((name, value) -> all.put(name, name + "=" + value));
    ArrayNode environment = run.putArray("Env");
    all.values().forEach(environment::add);
  }

  /// The object under `field`, made where it is missing or null, as docker writes an empty one.
  private static ObjectNode object(ObjectNode parent, String field) {
    return parent.path(field) instanceof ObjectNode known ? known : parent.putObject(field);
  }
}
