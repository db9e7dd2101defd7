package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import dev.slipway.values.ValuesFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Works out what the files of the GitOps repository are to say.
final class FileChanges {
  private final Inputs.GitOps wanted;
  private final Snapshot base;
  private final PlaceholderValues values;

  FileChanges(Inputs.GitOps wanted, Snapshot base, PlaceholderValues values) {
    this.wanted = wanted;
    this.base = base;
    this.values = values;
  }

  /// Every path that must be read before anything can be worked out.
  static Set<String> paths(Inputs.GitOps wanted) {
    Set<String> paths = new LinkedHashSet<>();
    wanted.updates().forEach(update -> paths.add(update.file()));
    paths.addAll(wanted.bootstrap().keySet());
    return paths;
  }

  /// Every file that was asked for: updated ones first, then those that are only created.
  ///
  /// @throws ActionException with the problems of all files together
  List<FileChange> all() {
    Problems problems = new Problems();
    List<FileChange> changes = new ArrayList<>();
    updatesByFile()
        .forEach((file, updates) ->
            problems.attempt(() -> updated(file, updates)).ifPresent(changes::add));
    wanted
        .bootstrap()
        .forEach((path, content) -> {
          if (!base.files().containsKey(path) && !updatesByFile().containsKey(path)) {
            changes.add(new FileChange(path, Optional.empty(), content, List.of()));
          }
        });
    problems.throwIfAny();
    return changes;
  }

  private Map<String, List<ValueUpdate>> updatesByFile() {
    Map<String, List<ValueUpdate>> byFile = new LinkedHashMap<>();
    wanted
        .updates()
        .forEach(
            update -> byFile.computeIfAbsent(update.file(), _ -> new ArrayList<>()).add(update));
    return byFile;
  }

  private FileChange updated(String path, List<ValueUpdate> updates) {
    Optional<FileContent> before = Optional.ofNullable(base.files().get(path));
    FileContent start =
        before
            .or(() -> Optional.ofNullable(wanted.bootstrap().get(path)))
            .orElseThrow(() -> missing(path));
    ValuesFile file = ValuesFile.parse(path, start);
    Problems problems = new Problems();
    List<FileChange.Scalar> scalars = new ArrayList<>();
    for (ValueUpdate update : updates) {
      ValuesFile current = file;
      String value = values.expand(update.value());
      file =
          problems
              .attempt(() -> {
                String old = current.get(update.key());
                refuseForeign(update, old, value);
                scalars.add(new FileChange.Scalar(update.key(), old, value));
                return current.with(update.key(), value);
              })
              .orElse(current);
    }
    problems.throwIfAny();
    refuseStaleDigests(path, file, scalars);
    return new FileChange(path, before, file.content(), List.copyOf(scalars));
  }

  private void refuseForeign(ValueUpdate update, String old, String value) {
    if (!update.mayReplace(old, value)) {
      throw new ActionException(
          "`%s` in `%s` holds `%s`, which is none of the delivered values"
              .formatted(update.key(), update.file(), old),
          "somebody else has changed it in %s since, and a rollback undoes only deliveries"
              .formatted(wanted.repository()),
          "Look who changed it; to return all the same, say where to in `rollback-to`");
    }
  }

  /// A new tag beside an old digest would look delivered, and the old image would go on running.
  private static void refuseStaleDigests(
      String path, ValuesFile file, List<FileChange.Scalar> scalars) {
    Problems problems = new Problems();
    Set<KeyPath> updated =
        scalars.stream().map(FileChange.Scalar::key).collect(Collectors.toUnmodifiableSet());
    scalars.stream()
        .filter(scalar -> !scalar.from().equals(scalar.to()))
        .forEach(scalar ->
            file.digestBeside(scalar.key())
                .filter(digest -> !updated.contains(digest))
                .ifPresent(digest ->
                    problems.add(
                        "`%s` in `%s` would still name the old image".formatted(digest, path),
                        "it stands beside `%s`, and where both are given the digest decides"
                            .formatted(scalar.key()),
                        "Add `%s: \"{digest}\"` to `gitops-update`, or empty it in the file."
                            .formatted(digest))));
    problems.throwIfAny();
  }

  private ActionException missing(String path) {
    return new ActionException(
        "The values file %s does not exist".formatted(path),
        "%s has no such file on branch %s at %s"
            .formatted(wanted.repository(), base.branch(), base.head().shortened(7)),
        "correct the path in `gitops-update`, create the file, or let `gitops-bootstrap` create it");
  }
}
