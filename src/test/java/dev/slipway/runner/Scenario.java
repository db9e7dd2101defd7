package dev.slipway.runner;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import java.util.Locale;
import java.util.Optional;

/// Runs as a listener hears them. The name of each is a folder in `test-fixtures/progress`.
enum Scenario {
  PULL_REQUEST_WITH_AUTO_MERGE {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.plan());
      push(progress, Samples.PUSHED);
      finish(
          progress,
          Optional.of(Samples.PUSHED),
          Samples.pullRequest(Operation.CREATED, new Merge.Enabled(MergeMethod.SQUASH)),
          Outcome.PENDING);
    }
  },
  PULL_REQUEST_WITHOUT_AUTO_MERGE {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.plan());
      push(progress, Samples.PRESENT);
      finish(
          progress,
          Optional.of(Samples.PRESENT),
          Samples.pullRequest(
              Operation.UPDATED,
              new Merge.Unavailable(
                  "auto-merge is not allowed in acme/gitops",
                  "Allow it in the repository's settings, Pull Requests.")),
          Outcome.PENDING);
    }
  },
  PULL_REQUEST_MERGED {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.plan());
      push(progress, Samples.PUSHED);
      finish(
          progress,
          Optional.of(Samples.PUSHED),
          Samples.pullRequest(Operation.NONE, new Merge.Merged(Samples.MERGED)),
          Outcome.DEPLOYED);
    }
  },
  COMMITTED {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.plan());
      push(progress, Samples.PUSHED);
      finish(progress, Optional.of(Samples.PUSHED), Samples.committed(), Outcome.DEPLOYED);
    }
  },
  NOTHING_TO_DO {
    @Override
    void tell(Progress progress) {
      Plan plan = Samples.plan(Samples.noChanges());
      progress.planned(plan);
      push(progress, Samples.PRESENT);
      progress.rolledOut(new Rollout.AlreadyUpToDate("main"));
      progress.finished(
          Samples.report(
              plan,
              Optional.of(Samples.PRESENT),
              new Rollout.AlreadyUpToDate("main"),
              Outcome.UNCHANGED));
    }
  },
  DRY_RUN {
    @Override
    void tell(Progress progress) {
      progress.warning("The variable AWS_ENDPOINT_URL is ignored", "Use `aws-endpoint-url`.");
      progress.planned(Samples.plan());
      progress.finished(
          Samples.report(
              Samples.plan(), Optional.empty(), new Rollout.NotRequested(), Outcome.PLANNED));
    }
  },
  PUSH_ONLY {
    @Override
    void tell(Progress progress) {
      Plan plan =
          new Plan(
              Samples.plan().commit(),
              Optional.empty(),
              Samples.plan().tags(),
              Samples.plan().name(),
              Optional.empty(),
              Samples.plan().push(),
              Optional.empty());
      progress.planned(plan);
      progress.pushing(plan);
      progress.pushed(plan, Samples.PUSHED);
      progress.rolledOut(new Rollout.NotRequested());
      progress.finished(
          new Report(
              plan,
              Optional.of(Samples.PUSHED),
              new Rollout.NotRequested(),
              Outcome.DEPLOYED,
              true));
    }
  },
  TAGS_ONLY {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.planOfTags());
      progress.finished(
          Samples.report(
              Samples.planOfTags(),
              Optional.empty(),
              new Rollout.NotRequested(),
              Outcome.UNCHANGED));
    }
  };

  /// Tells a listener what happens.
  abstract void tell(Progress progress);

  /// The folder's name.
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void push(Progress progress, Pushed pushed) {
    progress.pushing(Samples.plan());
    progress.pushed(Samples.plan(), pushed);
  }

  private static void finish(
      Progress progress, Optional<Pushed> pushed, Rollout rollout, Outcome outcome) {
    progress.rolledOut(rollout);
    progress.finished(Samples.report(Samples.plan(), pushed, rollout, outcome));
  }
}
