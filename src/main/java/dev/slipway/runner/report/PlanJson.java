package dev.slipway.runner.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.EcsCluster;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.PlannedRollback;
import dev.slipway.delivery.RemoteScripts;
import java.util.Collection;
import java.util.List;

/// The JSON of the outputs `plan` and `previous`, each one line.
final class PlanJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PlanJson() {}

  /// The whole plan, contents of files left out.
  static String plan(Plan plan) {
    ObjectNode root = JSON.objectNode();
    root.put("commit", plan.commit().value());
    plan.rollback().ifPresent(rollback -> root.set("rollback", rollback(rollback)));
    plan.version().ifPresent(version -> root.put("version", version.text()));
    plan.onlyImage()
        .filter(image -> image.component().isEmpty())
        .ifPresentOrElse(
            image -> describe(image, root), () -> root.set("images", components(plan.images())));
    plan.release().ifPresent(release -> root.set("release", release(release)));
    plan.gitOps().ifPresent(gitOps -> root.set("gitops", gitOps(gitOps)));
    plan.ecs().ifPresent(service -> root.set("ecs", service(service)));
    plan.script().ifPresent(script -> root.set("ssm", script(script)));
    return root.toString();
  }

  /// The machines; the script itself is in the workflow.
  private static ObjectNode script(RemoteScripts.Script script) {
    ObjectNode node = JSON.objectNode();
    node.put("targets", script.wanted().targets().toString());
    node.put("run-as", script.wanted().user());
    ArrayNode machines = node.putArray("instances");
    script.machines().forEach(machine -> machines.add(machine.id()));
    return node;
  }

  private static ObjectNode rollback(PlannedRollback rollback) {
    ObjectNode node = JSON.objectNode();
    rollback.from().ifPresent(from -> node.put("from", from));
    node.put("to", rollback.to());
    node.put("why", rollback.why());
    return node;
  }

  private static ObjectNode service(EcsCluster.Service service) {
    ObjectNode node = JSON.objectNode();
    node.put("cluster", service.wanted().cluster());
    node.put("service", service.wanted().service());
    node.put("task-definition", service.taskDefinition());
    node.put("operation", operation(service.next()));
    node.put("container", service.container());
    service.before().ifPresent(image -> node.put("from", image));
    node.put("to", service.image());
    return node;
  }

  private static String operation(EcsCluster.Next next) {
    return switch (next) {
      case EcsCluster.Next.Same _ -> "none";
      case EcsCluster.Next.Registered _ -> "update";
      case EcsCluster.Next.New _ -> "register";
      case EcsCluster.Next.Earlier(var _, var anew) -> anew.isEmpty() ? "update" : "register";
    };
  }

  private static ObjectNode components(Collection<PlannedImage> images) {
    ObjectNode node = JSON.objectNode();
    images.forEach(image -> describe(image, node.putObject(image.component().orElse(""))));
    return node;
  }

  private static void describe(PlannedImage image, ObjectNode node) {
    ArrayNode tags = node.putArray("tags");
    image.tags().forEach(tag -> tags.add(tag.value()));
    image.reference().ifPresent(reference -> node.put("image", reference.toString()));
    image.digest().ifPresent(digest -> node.put("digest", digest.value()));
    image
        .push()
        .ifPresent(push -> {
          push.summary()
              .digestBefore()
              .ifPresent(before -> node.put("digest-before", before.value()));
          if (push.createsRepository()) {
            node.put("repository", "will be created");
          }
          node.set("push", push(push));
        });
  }

  private static ObjectNode push(PlannedImage.Push push) {
    ObjectNode node = JSON.objectNode();
    node.put("source", push.source().asWritten());
    node.put("format", push.summary().format());
    ArrayNode platforms = node.putArray("platforms");
    push.summary().platforms().forEach(platform -> platforms.add(platform.toString()));
    node.put("layers", push.summary().layers());
    node.put("bytes", push.summary().bytes());
    return node;
  }

  /// The images by component, as far as they are known.
  static String images(Collection<PlannedImage> images) {
    ObjectNode root = JSON.objectNode();
    for (PlannedImage image : images) {
      ObjectNode node = root.putObject(image.component().orElse(""));
      node.put("tag", image.tag().value());
      ArrayNode tags = node.putArray("tags");
      image.tags().forEach(tag -> tags.add(tag.value()));
      image
          .name()
          .ifPresent(name -> {
            node.put("registry", name.registry());
            node.put("repository", name.repository());
          });
      image.reference().ifPresent(reference -> node.put("image", reference.toString()));
      image.digest().ifPresent(digest -> node.put("digest", digest.value()));
    }
    return root.toString();
  }

  private static ObjectNode release(PlannedRelease release) {
    ObjectNode node = JSON.objectNode();
    node.put("decision", ReleaseText.kind(release));
    node.put("why", release.decision().why());
    release
        .publication()
        .ifPresent(publication -> node.put("tag-name", publication.notes().tagName()));
    return node;
  }

  private static ObjectNode gitOps(Plan.GitOps gitOps) {
    ObjectNode node = JSON.objectNode();
    node.put("repository", gitOps.repository().toString());
    node.put("base-branch", gitOps.base().branch());
    node.put("base-commit", gitOps.base().head().value());
    gitOps.headBranch().ifPresent(branch -> node.put("head-branch", branch));
    ArrayNode files = node.putArray("files");
    gitOps.changes().forEach(change -> files.add(file(change)));
    return node;
  }

  private static ObjectNode file(FileChange change) {
    ObjectNode node = JSON.objectNode();
    node.put("path", change.path());
    node.put("operation", operation(change));
    ArrayNode values = node.putArray("values");
    for (FileChange.Scalar scalar : change.scalars()) {
      ObjectNode value = values.addObject();
      value.put("key", scalar.key().toString());
      value.put("from", scalar.from());
      value.put("to", UnknownDigest.told(scalar.to()));
    }
    return node;
  }

  private static String operation(FileChange change) {
    if (!change.changes()) {
      return "none";
    }
    return change.before().isEmpty() ? "create" : "update";
  }

  /// File and key path to the value before this run.
  static String previous(List<FileChange> changes) {
    ObjectNode root = JSON.objectNode();
    for (FileChange change : changes) {
      change
          .scalars()
          .forEach(scalar ->
              root.withObjectProperty(change.path()).put(scalar.key().toString(), scalar.from()));
    }
    return root.toString();
  }
}
