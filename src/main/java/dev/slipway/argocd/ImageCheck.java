package dev.slipway.argocd;

import dev.slipway.argocd.Unmet.Kind;
import dev.slipway.delivery.Expectation.Image;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether the delivered images are what the applications run. Several applications share the
/// images: one that names an image must run it, and one that names none is accepted only after the
/// others have shown them all (the parent of an app-of-apps, say). Otherwise a mistyped application
/// would pass for live.
///
/// The managed resources are the witness, the list of pod images only a substitute for manifests
/// that do not spell an image out: it also holds the pods of old ReplicaSets and finished Jobs, and
/// nothing of a workload without pods.
final class ImageCheck {
  private final List<Image> expected;
  private final Set<Image> seen = new HashSet<>();

  ImageCheck(List<Image> expected) {
    this.expected = expected;
  }

  /// Whether there is nothing to look for.
  boolean isEmpty() {
    return expected.isEmpty();
  }

  /// The first image that is not as expected in one application, which is otherwise live.
  Optional<Unmet> unmet(List<Workload> workloads, List<String> podImages) {
    List<ImageText> pods = podImages.stream().map(ImageText::parse).toList();
    List<Finding> findings = expected.stream().map(image -> find(image, workloads, pods)).toList();
    findings.stream().filter(Finding::runs).map(Finding::image).forEach(seen::add);
    Optional<String> sentence =
        findings.stream()
            .flatMap(finding -> finding.wrong().stream())
            .findFirst()
            .or(() -> findings.stream().anyMatch(Finding::runs) ? Optional.empty() : unseen());
    return sentence.map(text -> new Unmet(Kind.IMAGE, text));
  }

  /// What an application shows of an image.
  ///
  /// @param wrong what is not as expected; empty also where the image is not named at all
  private record Finding(Image image, boolean runs, Optional<String> wrong) {}

  private static Finding find(Image image, List<Workload> workloads, List<ImageText> pods) {
    List<Workload> naming =
        workloads.stream()
            .filter(workload -> workload.declared().stream().anyMatch(text -> text.isOf(image)))
            .toList();
    List<Workload> declaring =
        naming.stream().filter(workload -> anyIs(image, workload.declared())).toList();
    if (naming.isEmpty()) {
      return findInPods(image, pods);
    }
    return declaring.isEmpty()
        ? new Finding(
            image,
            false,
            Optional.of(
                "its manifests do not ask for %s: %s asks for %s"
                    .formatted(
                        image,
                        naming.getFirst().name(),
                        versions(image, naming.getFirst().declared()))))
        : findLive(image, declaring);
  }

  private static Finding findLive(Image image, List<Workload> declaring) {
    Optional<String> behind =
        declaring.stream()
            .filter(workload -> workload.live().stream().noneMatch(live -> live.mirrors(image)))
            .findFirst()
            .map(workload ->
                "%s in the cluster does not ask for %s".formatted(workload.name(), image));
    return new Finding(image, behind.isEmpty(), behind);
  }

  private static Finding findInPods(Image image, List<ImageText> pods) {
    if (anyIs(image, pods)) {
      return new Finding(image, true, Optional.empty());
    }
    String running = versions(image, pods);
    return new Finding(
        image,
        false,
        Optional.of(running)
            .filter(text -> !text.isEmpty())
            .map(text -> "its pods do not run %s: they run %s".formatted(image, text)));
  }

  /// An image that no application has shown yet.
  private Optional<String> unseen() {
    return expected.stream()
        .filter(image -> !seen.contains(image))
        .findFirst()
        .map(image ->
            "neither its manifests nor its pods name %s, and no other application has shown it"
                .formatted(image));
  }

  private static boolean anyIs(Image image, List<ImageText> texts) {
    return texts.stream().anyMatch(text -> text.is(image));
  }

  private static String versions(Image image, List<ImageText> texts) {
    return texts.stream()
        .filter(text -> text.isOf(image))
        .map(text -> text.tag().or(text::digest).orElse("no tag"))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
