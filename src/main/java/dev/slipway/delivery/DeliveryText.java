package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Proposal;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.stream.Collectors;

/// Says what a delivery does, for people who read the GitOps repository: commit message, pull
/// request title and body, and the stable name of its branch.
final class DeliveryText {
  private final RunContext run;
  private final Inputs.GitOps wanted;
  private final PlaceholderValues values;

  DeliveryText(RunContext run, Inputs.GitOps wanted, PlaceholderValues values) {
    this.run = run;
    this.wanted = wanted;
    this.values = values;
  }

  /// One name per application repository, base branch, and set of files and keys, so that a newer
  /// delivery updates the pull request that is open, and another service's is left alone.
  static String headBranch(RunContext run, Inputs.GitOps wanted, String base) {
    return wanted
        .message()
        .branch()
        .orElseGet(() ->
            "slipway/%s-%s"
                .formatted(
                    run.repository().name(),
                    Fingerprint.of(run.repository() + "\n" + base + "\n" + target(wanted))));
  }

  /// What is created where it is absent makes no other target of it.
  static String target(Inputs.GitOps wanted) {
    return wanted.updates().stream()
        .map(update -> update.file() + " " + update.key())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /// Where this run's commits come from.
  static Provenance provenance(RunContext run, Inputs.GitOps wanted) {
    return new Provenance(run.repository(), run.commit(), Fingerprint.of(target(wanted)));
  }

  Proposal proposal(String base, List<FileChange> changes) {
    return new Proposal(
        headBranch(run, wanted, base),
        commitMessage(),
        wanted.message().title().map(values::expand).orElseGet(this::headline),
        wanted.message().body().map(values::expand).orElseGet(() -> body(changes)),
        wanted.pullRequest().draft(),
        changes.stream().filter(FileChange::changes).toList());
  }

  String commitMessage() {
    String text = wanted.message().commit().map(values::expand).orElseGet(this::headline);
    return text.stripTrailing() + "\n\n" + trailers();
  }

  private String headline() {
    if (values.images().size() == 1) {
      PlannedImage image = values.images().getFirst();
      return "Deploy %s %s".formatted(subject(image), image.tag());
    }
    String subjects = values.images().stream().map(this::subject).collect(Collectors.joining(", "));
    return "Deploy %s %s".formatted(subjects, run.commit().shortened(7));
  }

  private String subject(PlannedImage image) {
    return image
        .component()
        .or(() -> image.name().map(name -> lastSegment(name.repository())))
        .orElse(run.repository().name());
  }

  private static String lastSegment(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// Machines read these: Slipway its own, Argo CD's source hydrator the last two.
  private String trailers() {
    CommitSha commit = run.commit();
    return provenance(run, wanted).trailers()
        + digests()
        + "Argocd-reference-commit-sha: %s\n".formatted(commit)
        + "Argocd-reference-commit-repourl: %s\n".formatted(run.repositoryUrl());
  }

  /// Several images are told apart by their components.
  private String digests() {
    return values.images().stream()
        .flatMap(image ->
            image.digest().stream()
                .map(digest ->
                    "Image-Digest: %s%s\n"
                        .formatted(image.component().map(name -> name + " ").orElse(""), digest)))
        .collect(Collectors.joining());
  }

  private String body(List<FileChange> changes) {
    return images()
        + table(changes)
        + "\nFrom %s@%s by [this run](%s).\n"
            .formatted(run.repository(), run.commit().shortened(7), run.runUrl());
  }

  private String images() {
    return values.images().stream()
        .flatMap(image ->
            image.reference().stream()
                .map(reference ->
                    "Image: `%s`%s\n\n"
                        .formatted(
                            reference,
                            image.digest().map(digest -> "\n`" + digest + "`").orElse(""))))
        .collect(Collectors.joining());
  }

  private static String table(List<FileChange> changes) {
    return changes.stream()
        .filter(FileChange::changes)
        .map(change ->
            change.scalars().isEmpty()
                ? "- `%s`: created\n".formatted(inCode(change.path()))
                : change.scalars().stream()
                    .filter(scalar -> !scalar.from().equals(scalar.to()))
                    .map(scalar ->
                        "- `%s` `%s`: `%s` → `%s`\n"
                            .formatted(
                                inCode(change.path()),
                                inCode(scalar.key().toString()),
                                inCode(scalar.from()),
                                inCode(scalar.to())))
                    .collect(Collectors.joining()))
        .collect(Collectors.joining());
  }

  /// The old value is whatever stood in the file; a backtick would end the code span.
  private static String inCode(String value) {
    return value.replace('`', '\'').replaceAll("\\p{Cntrl}", " ");
  }
}
