package dev.slipway.runner.report;

import dev.slipway.delivery.EcsCluster;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Releases;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// Runs as a listener hears them. The name of each is a folder in `test-fixtures/progress`.
enum Scenario {
  PULL_REQUEST_WITH_AUTO_MERGE {
    @Override
    void tell(Progress progress) {
      Rollout open = Samples.pullRequest(Operation.CREATED, new Merge.Enabled(MergeMethod.SQUASH));
      deliver(progress, Samples.PUSHED, open, Outcome.PENDING);
    }
  },
  PULL_REQUEST_WITHOUT_AUTO_MERGE {
    @Override
    void tell(Progress progress) {
      Merge unavailable =
          new Merge.Unavailable(
              "auto-merge is not allowed in acme/gitops",
              "Allow it in the repository's settings, Pull Requests.");
      Rollout open = Samples.pullRequest(Operation.UPDATED, unavailable);
      deliver(progress, Samples.PRESENT, open, Outcome.PENDING);
    }
  },
  PULL_REQUEST_MERGED {
    @Override
    void tell(Progress progress) {
      Rollout merged = Samples.pullRequest(Operation.NONE, new Merge.Merged(Samples.MERGED));
      deliver(progress, Samples.PUSHED, merged, Outcome.DEPLOYED);
    }
  },
  ROLLED_BACK {
    @Override
    void tell(Progress progress) {
      Plan plan = Samples.planOfRollback();
      progress.planned(plan);
      push(progress, Samples.PRESENT);
      progress.rolledOut(Samples.committed());
      progress.finished(report(plan, Samples.PRESENT, Samples.committed(), Outcome.ROLLED_BACK));
    }
  },
  SCRIPT {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.planOfScript());
      push(progress, Samples.PUSHED);
      progress.scriptSent(Samples.COMMAND);
      progress.waiting(Samples.MACHINE.toString(), "is running the script");
      progress.printed(Samples.MACHINE.toString(), "pulled\n::set-env name=PATH::/tmp\nup\n");
      Rollout ran = new Rollout.ScriptRan(Samples.COMMAND, List.of(Samples.MACHINE));
      progress.rolledOut(ran);
      progress.finished(report(Samples.planOfScript(), Samples.PUSHED, ran, Outcome.DEPLOYED));
    }
  },
  SCRIPT_DRY_RUN {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.planOfScript());
      progress.finished(report(Samples.planOfScript(), Outcome.PLANNED));
    }
  },
  MERGED_AFTER_A_WAIT {
    @Override
    void tell(Progress progress) {
      Rollout merged = Samples.pullRequest(Operation.CREATED, new Merge.Merged(Samples.MERGED));
      progress.planned(Samples.plan());
      push(progress, Samples.PUSHED);
      progress.rolledOut(
          Samples.pullRequest(Operation.CREATED, new Merge.Enabled(MergeMethod.SQUASH)));
      progress.waiting("Pull request #12", "required checks have not ended: build");
      progress.settled(merged);
      progress.waiting("Argo CD application shop", "it is OutOfSync");
      progress.live(SampleRollouts.live(Samples.MERGED));
      progress.finished(report(Samples.plan(), Samples.PUSHED, merged, Outcome.DEPLOYED));
    }
  },
  COMMITTED_AND_LIVE {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.plan());
      push(progress, Samples.PUSHED);
      progress.rolledOut(Samples.committed());
      progress.live(SampleRollouts.live(Samples.HEAD));
      progress.finished(
          report(Samples.plan(), Samples.PUSHED, Samples.committed(), Outcome.DEPLOYED));
    }
  },
  SUPERSEDED_BEFORE_THE_PUSH {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.plan());
      progress.rolledOut(SampleRollouts.superseded(false));
      progress.finished(
          Samples.report(
              Samples.plan(),
              List.of(),
              List.of(SampleRollouts.superseded(false)),
              Outcome.SUPERSEDED));
    }
  },
  SUPERSEDED_DURING_THE_WAIT {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.plan());
      push(progress, Samples.PUSHED);
      progress.rolledOut(
          Samples.pullRequest(Operation.CREATED, new Merge.Enabled(MergeMethod.SQUASH)));
      progress.settled(SampleRollouts.superseded(true));
      progress.finished(
          report(
              Samples.plan(), Samples.PUSHED, SampleRollouts.superseded(true), Outcome.SUPERSEDED));
    }
  },
  SERVICE_MOVED {
    @Override
    void tell(Progress progress) {
      service(progress, new EcsCluster.Next.New("{}"), SampleRollouts.service(3), Outcome.DEPLOYED);
    }
  },
  SERVICE_AS_IT_IS {
    @Override
    void tell(Progress progress) {
      service(progress, new EcsCluster.Next.Same(), SampleRollouts.service(2), Outcome.UNCHANGED);
    }
  },
  SERVICE_SUPERSEDED {
    @Override
    void tell(Progress progress) {
      service(
          progress,
          new EcsCluster.Next.New("{}"),
          SampleRollouts.serviceSuperseded(),
          Outcome.SUPERSEDED);
    }
  },
  COMMITTED {
    @Override
    void tell(Progress progress) {
      deliver(progress, Samples.PUSHED, Samples.committed(), Outcome.DEPLOYED);
    }
  },
  NOTHING_TO_DO {
    @Override
    void tell(Progress progress) {
      Plan plan = Samples.plan(Samples.noChanges());
      Rollout upToDate = new Rollout.AlreadyUpToDate("main", Samples.BASE, Samples.noChanges());
      progress.planned(plan);
      push(progress, Samples.PRESENT);
      progress.rolledOut(upToDate);
      progress.finished(report(plan, Samples.PRESENT, upToDate, Outcome.UNCHANGED));
    }
  },
  DRY_RUN {
    @Override
    void tell(Progress progress) {
      progress.warning("The variable AWS_ENDPOINT_URL is ignored", "Use `aws-endpoint-url`.");
      progress.planned(Samples.plan());
      progress.finished(report(Samples.plan(), Outcome.PLANNED));
    }
  },
  PUSH_ONLY {
    @Override
    void tell(Progress progress) {
      Plan plan = Samples.planOfPush();
      progress.planned(plan);
      progress.pushing(plan.images().getFirst());
      progress.pushed(Samples.image(), Samples.PUSHED);
      progress.finished(
          Samples.report(
              plan.with(List.of(Samples.image())),
              List.of(Samples.PUSHED),
              List.of(),
              Outcome.DEPLOYED));
    }
  },
  COMPONENTS {
    @Override
    void tell(Progress progress) {
      Plan plan = Samples.planOfComponents();
      Plan pushed = plan.with(plan.images().stream().map(Samples::known).toList());
      progress.planned(plan);
      progress.pushing(plan.images().getFirst());
      progress.pushed(pushed.images().getFirst(), Samples.PUSHED);
      progress.pushing(plan.images().getLast());
      progress.pushed(pushed.images().getLast(), Samples.PRESENT);
      progress.rolledOut(Samples.committed());
      progress.finished(
          Samples.report(
              pushed,
              List.of(Samples.PUSHED, Samples.PRESENT),
              List.of(Samples.committed()),
              Outcome.DEPLOYED));
    }
  },
  RELEASE {
    @Override
    void tell(Progress progress) {
      Plan plan = SampleReleases.plan();
      Releases.Page page =
          new Releases.Page(
              URI.create("https://github.com/acme/shop/releases/tag/v1.2.3"),
              Releases.Operation.CREATED);
      progress.decided(plan.release().orElseThrow());
      progress.waiting("Tag v1.2.3", "another run made it at 2222222; deciding again");
      progress.decided(plan.release().orElseThrow());
      progress.tagged("v1.2.3", true);
      progress.planned(plan);
      progress.published(page);
      progress.finished(report(plan, Outcome.DEPLOYED));
    }
  },
  RELEASE_DRY_RUN {
    @Override
    void tell(Progress progress) {
      Plan plan = SampleReleases.plan();
      progress.decided(plan.release().orElseThrow());
      progress.planned(plan);
      progress.finished(report(plan, Outcome.PLANNED));
    }
  },
  SUPERSEDED {
    @Override
    void tell(Progress progress) {
      Plan plan = SampleReleases.planOfSuperseded();
      progress.decided(plan.release().orElseThrow());
      progress.planned(plan);
      progress.finished(report(plan, Outcome.SUPERSEDED));
    }
  },
  TAGS_ONLY {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.planOfTags());
      progress.finished(report(Samples.planOfTags(), Outcome.UNCHANGED));
    }
  };

  /// Tells a listener what happens.
  abstract void tell(Progress progress);

  /// The folder's name.
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void push(Progress progress, Pushed pushed) {
    progress.pushing(Samples.image());
    progress.pushed(Samples.image(), pushed);
  }

  /// Push and GitOps, from the plan to the end.
  private static void deliver(Progress progress, Pushed pushed, Rollout rollout, Outcome outcome) {
    progress.planned(Samples.plan());
    push(progress, pushed);
    progress.rolledOut(rollout);
    progress.finished(report(Samples.plan(), pushed, rollout, outcome));
  }

  private static Report report(Plan plan, Pushed pushed, Rollout rollout, Outcome outcome) {
    return Samples.report(plan, List.of(pushed), List.of(rollout), outcome);
  }

  /// Of a run that neither pushed anything nor moved anything.
  private static Report report(Plan plan, Outcome outcome) {
    return Samples.report(plan, List.of(), List.of(), outcome);
  }

  private static void service(
      Progress progress, EcsCluster.Next next, Rollout rollout, Outcome outcome) {
    Plan plan = SampleRollouts.planOfService(next);
    progress.planned(plan);
    push(progress, Samples.PRESENT);
    progress.waiting("ECS service shop", "1 of 2 tasks run");
    progress.rolledOut(rollout);
    progress.finished(report(plan, Samples.PRESENT, rollout, outcome));
  }
}
