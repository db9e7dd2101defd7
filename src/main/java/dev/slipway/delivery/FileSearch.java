package dev.slipway.delivery;

import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.DeploymentLedger.Standing;
import dev.slipway.delivery.GitOpsHistory.Change;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.problem.ActionException;
import dev.slipway.values.FileContent;
import dev.slipway.values.ValuesFile;
import dev.slipway.version.CommitSha;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds what to return to in the history of the GitOps repository's files: what the same keys said
/// before they said what they say now.
///
/// Only what Slipway delivered is returned from; whoever changed a value by hand knows better. A
/// commit that is a rollback itself leads on to the delivery that it returned to, so that a second
/// rollback goes further back.
final class FileSearch {
  private final GitOpsPorts ports;
  private final Inputs.GitOps wanted;
  private final Snapshot base;
  private final Provenance ours;
  private final RunContext run;

  FileSearch(GitOpsPorts ports, Inputs.GitOps wanted, Snapshot base, RunContext run) {
    this.ports = ports;
    this.wanted = wanted;
    this.base = base;
    this.ours = DeliveryText.provenance(run, wanted);
    this.run = run;
  }

  /// What the keys said before, and the commits around it.
  ///
  /// @param values at that time
  /// @param since the commit that made the files say it, and those before it
  /// @param left the commit that made them say something else
  private record Found(List<Value> values, List<Change> since, Change left) {
    Change at() {
      return since.getFirst();
    }
  }

  /// Whether the files say only what `way` may replace.
  boolean isLeftBy(WayBack way) {
    return values(base.files()).stream()
        .flatMap(List::stream)
        .allMatch(value ->
            way.to().values().contains(value)
                || way.replaceable(value).stream().allMatch(known -> known.contains(value.text())));
  }

  /// Whether a delivery was left to a pull request that is closed now, and was not merged.
  boolean isAbandoned(Entry entry) {
    CommitSha commit = entry.record().commit();
    return entry.standing() == Standing.PENDING
        && !values(base.files())
            .map(Set::copyOf)
            .equals(Optional.of(Set.copyOf(entry.record().values())))
        && delivered().filter(last -> last.commit().equals(commit)).isEmpty()
        && base.proposals().stream()
            .filter(ours::isBeside)
            .noneMatch(waiting -> waiting.commit().equals(commit));
  }

  /// The previous delivery; empty where the files have said nothing else as far back as one look
  /// reaches.
  ///
  /// @throws ActionException when somebody else set the values that the files have now
  Optional<WayBack> previous() {
    List<Value> now = values(base.files()).orElseThrow(this::unreadable);
    return waiting()
        .map(newer -> stillThere(now, newer))
        .or(() ->
            before(now, ports.history().changes(base.head(), FileChanges.paths(wanted)))
                .map(found -> wayBack(found, now)));
  }

  /// A newer delivery that waits in a pull request. One that is older is a rollback on its way.
  private Optional<Provenance> waiting() {
    Predicate<Provenance> newer =
        delivered()
            .<Predicate<Provenance>>map(known -> new Precedence(known, ports.sources()))
            .orElse(ours::isBeside);
    return switch (wanted.delivery()) {
      case PULL_REQUEST -> base.proposals().stream().filter(newer).findFirst();
      case COMMIT -> Optional.empty();
    };
  }

  /// Where what the files say comes from; empty: not from Slipway.
  private Optional<Provenance> delivered() {
    return base.deliveries().values().stream()
        .flatMap(List::stream)
        .filter(ours::isBeside)
        .findFirst();
  }

  private WayBack stillThere(List<Value> now, Provenance newer) {
    String left = newer.commit().shortened(7);
    return new WayBack(
        new TemplateMemory(wanted.updates()).record(now, delivered(), run),
        Optional.of(left),
        "the files say it still, for the pull request of %s waits; whether it ran well, nobody noted"
            .formatted(left),
        Optional.of(now),
        Optional::empty,
        Optional.empty(),
        List.of(),
        false);
  }

  private Optional<Found> before(List<Value> now, List<Change> changes) {
    int setter = 0;
    int i = 0;
    while (i < changes.size()) {
      Change change = changes.get(i);
      List<Value> then = i == 0 ? now : values(change).orElse(List.of());
      if (then.isEmpty()) {
        // Somebody broke the file there, and mended it later.
        i++;
        continue;
      }
      if (!then.equals(now)) {
        refuseForeign(changes.get(setter));
        return Optional.of(
            new Found(then, changes.subList(i, changes.size()), changes.get(setter)));
      }
      if (RollbackTrailers.isOf(run, change.message())) {
        return Optional.of(new Found(now, changes.subList(i, changes.size()), change));
      }
      setter = i;
      i = next(i, now, changes);
    }
    return Optional.empty();
  }

  /// Behind a rollback comes what it returned to. Where it does not say which commit that was, it
  /// is the newest that made the files say the same.
  private int next(int i, List<Value> now, List<Change> changes) {
    String message = changes.get(i).message();
    int next = i + 1;
    if (RollbackTrailers.isRollback(message)) {
      Optional<CommitSha> target = RollbackTrailers.returnedTo(message);
      while (next < changes.size() && !isTarget(changes.get(next), target, now)) {
        next++;
      }
    }
    return next;
  }

  private boolean isTarget(Change change, Optional<CommitSha> target, List<Value> now) {
    return target
        .map(change.commit()::equals)
        .orElseGet(() -> values(change).equals(Optional.of(now)));
  }

  private void refuseForeign(Change setter) {
    if (source(setter).isEmpty()) {
      throw new ActionException(
          "What %s says now is no delivery of this workflow".formatted(wanted.repository()),
          "commit %s set it, and it is not Slipway's commit for these keys"
              .formatted(setter.commit().shortened(7)),
          "Look who made it; to return all the same, say where to in `rollback-to`");
    }
  }

  /// Where a commit comes from that delivered to these keys; empty for any other commit.
  private Optional<Provenance> source(Change change) {
    return Provenance.of(change.message()).filter(ours::isBeside);
  }

  private WayBack wayBack(Found found, List<Value> now) {
    TemplateMemory memory = new TemplateMemory(wanted.updates());
    boolean arrived = found.at().equals(found.left());
    String why =
        arrived
            ? "an earlier attempt of this run wrote it"
            : "it is what the files said before commit %s"
                .formatted(found.left().commit().shortened(7));
    return new WayBack(
        memory.record(found.values(), source(found.at()), run),
        Optional.of(memory.record(now, source(found.left()), run).label()).filter(_ -> !arrived),
        why + "; whether it ran well, nobody noted",
        Optional.of(now),
        () -> further(found).map(more -> wayBack(more, found.values()).to().label()),
        Optional.of(found.at().commit()),
        List.of(),
        false);
  }

  /// What the files said even earlier, where that was a delivery.
  private Optional<Found> further(Found found) {
    return source(found.at()).isEmpty() ? Optional.empty() : before(found.values(), found.since());
  }

  private Optional<List<Value>> values(Change change) {
    return values(ports.history().at(change.commit(), FileChanges.paths(wanted)));
  }

  /// Empty where a file or a key is not there.
  private Optional<List<Value>> values(Map<String, FileContent> files) {
    List<Value> values = new ArrayList<>();
    try {
      for (ValueUpdate update : wanted.updates()) {
        FileContent content = files.get(update.file());
        if (content == null) {
          return Optional.empty();
        }
        ValuesFile file = ValuesFile.parse(update.file(), content);
        values.add(new Value(update.file(), update.key(), file.get(update.key())));
      }
    } catch (ActionException _) {
      // The file had another form then.
      return Optional.empty();
    }
    return Optional.of(values);
  }

  private ActionException unreadable() {
    return new ActionException(
        "The values to return from cannot be read",
        "a file or a key of `gitops-update` is not in %s on branch %s"
            .formatted(wanted.repository(), base.branch()),
        "Correct `gitops-update`: it names the same files and keys as for a deployment");
  }
}
