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
import dev.slipway.delivery.Rollout;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// Runs as a listener hears them. The name of each is a folder in `test-fixtures/progress`.
enum Scenario {
  PULL_REQUEST_WITH_AUTO_MERGE {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.plan());
      push(progress, Samples.PUSHED);
      finish(
          progress,
          List.of(Samples.PUSHED),
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
          List.of(Samples.PRESENT),
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
          List.of(Samples.PUSHED),
          Samples.pullRequest(Operation.NONE, new Merge.Merged(Samples.MERGED)),
          Outcome.DEPLOYED);
    }
  },
  ROLLED_BACK {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.planOfRollback());
      push(progress, Samples.PRESENT);
      Rollout committed = new Rollout.Committed("main", Samples.HEAD, Samples.changes());
      progress.rolledOut(committed);
      progress.finished(
          Samples.report(
              Samples.planOfRollback(),
              List.of(Samples.PRESENT),
              List.of(committed),
              Outcome.ROLLED_BACK));
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
      progress.finished(
          Samples.report(
              Samples.planOfScript(), List.of(Samples.PUSHED), List.of(ran), Outcome.DEPLOYED));
    }
  },
  SCRIPT_DRY_RUN {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.planOfScript());
      progress.finished(
          Samples.report(Samples.planOfScript(), List.of(), List.of(), Outcome.PLANNED));
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
      progress.finished(
          Samples.report(
              Samples.plan(), List.of(Samples.PUSHED), List.of(merged), Outcome.DEPLOYED));
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
          Samples.report(
              Samples.plan(),
              List.of(Samples.PUSHED),
              List.of(Samples.committed()),
              Outcome.DEPLOYED));
    }
  },
  SUPERSEDED_BEFORE_THE_PUSH {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.plan());
      finish(progress, List.of(), SampleRollouts.superseded(false), Outcome.SUPERSEDED);
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
          Samples.report(
              Samples.plan(),
              List.of(Samples.PUSHED),
              List.of(SampleRollouts.superseded(true)),
              Outcome.SUPERSEDED));
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
      progress.planned(Samples.plan());
      push(progress, Samples.PUSHED);
      finish(progress, List.of(Samples.PUSHED), Samples.committed(), Outcome.DEPLOYED);
    }
  },
  NOTHING_TO_DO {
    @Override
    void tell(Progress progress) {
      Plan plan = Samples.plan(Samples.noChanges());
      progress.planned(plan);
      push(progress, Samples.PRESENT);
      progress.rolledOut(new Rollout.AlreadyUpToDate("main", Samples.BASE, Samples.noChanges()));
      progress.finished(
          Samples.report(
              plan,
              List.of(Samples.PRESENT),
              List.of(new Rollout.AlreadyUpToDate("main", Samples.BASE, Samples.noChanges())),
              Outcome.UNCHANGED));
    }
  },
  DRY_RUN {
    @Override
    void tell(Progress progress) {
      progress.warning("The variable AWS_ENDPOINT_URL is ignored", "Use `aws-endpoint-url`.");
      progress.planned(Samples.plan());
      progress.finished(Samples.report(Samples.plan(), List.of(), List.of(), Outcome.PLANNED));
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
      Plan plan = Samples.planOfRelease();
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
      progress.finished(Samples.report(plan, List.of(), List.of(), Outcome.DEPLOYED));
    }
  },
  RELEASE_DRY_RUN {
    @Override
    void tell(Progress progress) {
      Plan plan = Samples.planOfRelease();
      progress.decided(plan.release().orElseThrow());
      progress.planned(plan);
      progress.finished(Samples.report(plan, List.of(), List.of(), Outcome.PLANNED));
    }
  },
  SUPERSEDED {
    @Override
    void tell(Progress progress) {
      Plan plan = Samples.planOfSuperseded();
      progress.decided(plan.release().orElseThrow());
      progress.planned(plan);
      progress.finished(Samples.report(plan, List.of(), List.of(), Outcome.SUPERSEDED));
    }
  },
  TAGS_ONLY {
    @Override
    void tell(Progress progress) {
      progress.planned(Samples.planOfTags());
      progress.finished(
          Samples.report(Samples.planOfTags(), List.of(), List.of(), Outcome.UNCHANGED));
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

  private static void finish(
      Progress progress, List<Pushed> pushed, Rollout rollout, Outcome outcome) {
    progress.rolledOut(rollout);
    progress.finished(Samples.report(Samples.plan(), pushed, List.of(rollout), outcome));
  }

  private static void service(
      Progress progress, EcsCluster.Next next, Rollout rollout, Outcome outcome) {
    Plan plan = SampleRollouts.planOfService(next);
    progress.planned(plan);
    push(progress, Samples.PRESENT);
    progress.waiting("ECS service shop", "1 of 2 tasks run");
    progress.rolledOut(rollout);
    progress.finished(Samples.report(plan, List.of(Samples.PRESENT), List.of(rollout), outcome));
  }
}
