package dev.slipway.delivery;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.version.CommitSha;
import java.util.List;
import java.util.Optional;

/// What became of a deploy target: green results that differ.
public sealed interface Rollout {
  /// Whether this run wrote anything there.
  default boolean changed() {
    return false;
  }

  /// Whether the target moves later, when somebody or something else has acted.
  default boolean pending() {
    return false;
  }

  /// Whether a newer delivery has the target.
  default boolean superseded() {
    return false;
  }

  /// The base branch says it already; nothing was written.
  ///
  /// @param head the tip of the branch
  /// @param changes what was asked for, all of it there
  /// @param withdrawn the open pull request that would have moved it on, and is closed now
  record AlreadyUpToDate(
      String branch, CommitSha head, List<FileChange> changes, Optional<PullRequest> withdrawn)
      implements Rollout {
    /// Nobody wanted to move it on.
    public AlreadyUpToDate(String branch, CommitSha head, List<FileChange> changes) {
      this(branch, head, changes, Optional.empty());
    }

    AlreadyUpToDate with(PullRequest closed) {
      return new AlreadyUpToDate(branch, head, changes, Optional.of(closed));
    }

    @Override
    public boolean changed() {
      return withdrawn.isPresent();
    }
  }

  /// A newer delivery is there.
  ///
  /// @param by half a sentence that names it
  /// @param changed whether this run had written before it noticed
  record Superseded(String by, boolean changed) implements Rollout {
    @Override
    public boolean superseded() {
      return true;
    }
  }

  /// A commit on the base branch itself says it.
  record Committed(String branch, CommitSha commit, List<FileChange> changes) implements Rollout {
    @Override
    public boolean changed() {
      return true;
    }
  }

  /// Where a pull request leads from and to.
  record Branches(String head, String base) {}

  /// A pull request says it.
  ///
  /// @param branches where it leads from and to
  record PullRequestOpen(
      Branches branches, Proposed proposed, Merge merge, List<FileChange> changes)
      implements Rollout {
    /// The same, with what has become of the merge since.
    PullRequestOpen with(Merge known) {
      return new PullRequestOpen(branches, proposed, known, changes);
    }

    @Override
    public boolean changed() {
      return proposed.operation() != Operation.NONE || merge.changed();
    }

    @Override
    public boolean pending() {
      return !(merge instanceof Merge.Merged);
    }
  }

  /// A service of Amazon ECS runs a task definition with the image: its tasks are up.
  ///
  /// @param service its name
  /// @param taskDefinition ARN of what it runs now
  /// @param previous ARN of what it ran before; the same when nothing changed
  /// @param moved whether this run wrote anything
  record ServiceRuns(String service, String taskDefinition, String previous, boolean moved)
      implements Rollout {
    @Override
    public boolean changed() {
      return moved;
    }
  }

  /// A script ran well on every machine. What it did there, nobody but its author knows, so it
  /// counts as a change.
  ///
  /// @param command the id that AWS gave it
  /// @param machines that ran it
  record ScriptRan(String command, List<RemoteScripts.Machine> machines) implements Rollout {
    public ScriptRan {
      machines = List.copyOf(machines);
    }

    @Override
    public boolean changed() {
      return true;
    }
  }

  /// Somebody else moved the service on before the tasks of this run were up.
  ///
  /// @param service its name
  /// @param taskDefinition ARN of this run's
  /// @param by ARN of the one that took its place
  record ServiceSuperseded(String service, String taskDefinition, String by, boolean moved)
      implements Rollout {
    @Override
    public boolean changed() {
      return moved;
    }

    @Override
    public boolean superseded() {
      return true;
    }
  }
}
