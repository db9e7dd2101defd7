package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Ticker;
import dev.slipway.ecs.ImageProof.Finding;
import dev.slipway.ecs.ServiceState.Deployment;
import dev.slipway.problem.ActionException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// The wait for one deployment of a service, known by its id: that the service is stable says
/// nothing, because after a rollback it is, too.
final class ServiceWait {
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  // What was just written may not be read yet.
  private static final Duration CONSISTENT = Duration.ofMinutes(1);
  private static final int LOOKS = 2;

  private final EcsApi api;
  private final ServiceState before;
  private final OwnDeployment own;
  private final Progress progress;
  private final Chronicle chronicle;
  private final Ticker ticker;
  private final Duration start;
  private Pursuit pursuit;
  private String told = "";
  private Optional<ServiceState> last = Optional.empty();
  private Class<? extends Verdict> verdict = Verdict.Going.class;
  private boolean known;
  private int agreeing;
  private int desired = 1;
  private Duration pause = PAUSE;

  /// What is waited for.
  ///
  /// @param service its name
  /// @param id of the deployment; empty while ECS does not list it
  /// @param taskDefinition ARN of the one it runs
  /// @param previous ARN of the task definition that a rollback goes back to
  record Pursuit(
      String service, String id, String taskDefinition, String previous, Duration limit) {

    /// The same with the id of the deployment, where a look shows it for the first time.
    Pursuit in(ServiceState seen, ServiceState before) {
      return seen.deployments().stream()
          .filter(_ -> id.isEmpty())
          .filter(deployment -> deployment.taskDefinition().equals(taskDefinition))
          .filter(deployment -> before.deployment(deployment.id()).isEmpty())
          .findFirst()
          .map(this::with)
          .orElse(this);
    }

    /// The same with the id of the deployment that a rollback brings back, which may be an old one
    /// or a new one.
    Pursuit backIn(ServiceState seen) {
      return seen.deployments().stream()
          .filter(deployment -> deployment.taskDefinition().equals(taskDefinition))
          .min(Comparator.comparing(deployment -> !deployment.isPrimary()))
          .map(this::with)
          .orElse(this);
    }

    private Pursuit with(Deployment found) {
      return new Pursuit(service, found.id(), taskDefinition, previous, limit);
    }
  }

  /// Where a wait begins.
  ///
  /// @param before the service as it was before the move
  record Start(ServiceState before, OwnDeployment own) {}

  ServiceWait(EcsApi api, Pursuit pursuit, Start start, Progress progress) {
    this.api = api;
    this.pursuit = pursuit;
    this.before = start.before();
    this.own = start.own();
    this.progress = progress;
    this.chronicle = new Chronicle(before.events());
    this.ticker = api.ticker();
    this.start = ticker.elapsed();
  }

  /// Waits until the deployment's tasks run.
  ///
  /// @return the deployment that took its place; empty when it is live
  /// @throws ActionException when it failed, was rolled back, or the time is over
  Optional<Deployment> await() {
    while (true) {
      switch (look().orElseGet(Verdict.Going::new)) {
        case Verdict.Live(int wanted) -> {
          return done(wanted);
        }
        case Verdict.SeemsLive(int wanted) when agreeing >= LOOKS -> {
          return done(wanted);
        }
        case Verdict.Failed(String reason) -> throw failures().gaveUp(reason);
        case Verdict.RolledBack(String reason) -> throw failures().rolledBack(reason);
        case Verdict.Stopped(String reason) when agreeing >= LOOKS ->
            throw failures().stopped(reason);
        case Verdict.Gone(String status) when agreeing >= LOOKS -> throw failures().gone(status);
        case Verdict.Replaced(Optional<Deployment> by) when agreeing >= LOOKS && believable() -> {
          return Optional.of(replaced(by));
        }
        case Verdict.SeemsLive _,
            Verdict.Stopped _,
            Verdict.Gone _,
            Verdict.Replaced _,
            Verdict.Going _ -> {}
      }
      if (elapsed().compareTo(pursuit.limit()) >= 0) {
        throw failures().late(last, pursuit.limit());
      }
      ticker.pause(shorter(pause, pursuit.limit().minus(elapsed())));
    }
  }

  /// Compares what the tasks run with what was delivered.
  ///
  /// @throws ActionException when they run something else
  void prove(ImageProof proof) {
    if (desired == 0) {
      return;
    }
    switch (proof.look(pursuit.service(), pursuit.id())) {
      case Finding.Same(int tasks, String digests) ->
          progress.waiting(where(), "%d tasks looked at run %s".formatted(tasks, digests));
      case Finding.Unknown(String why) ->
          progress.waiting(where(), "its tasks' image was not compared: " + why);
      case Finding.Other(String why) -> throw failures().otherImage(why);
    }
  }

  private Optional<Verdict> look() {
    try {
      Optional<ServiceState> seen = api.glance(pursuit.service());
      seen.ifPresent(service -> {
        pursuit = own.goesBack() ? pursuit.backIn(service) : pursuit.in(service, before);
        own.in(service, pursuit.taskDefinition());
      });
      Optional<ServiceDeployment> recorded = own.look();
      pause = PAUSE;
      return seen.map(service -> judge(service, recorded));
    } catch (SdkException e) {
      if (!AwsProblems.mayPass(e)) {
        throw failures().blind(e);
      }
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      return Optional.empty();
    } catch (ActionException e) {
      throw failures().blind(e);
    }
  }

  private Verdict judge(ServiceState seen, Optional<ServiceDeployment> recorded) {
    Verdict bySight = bySight(seen);
    Verdict now = recorded.map(record -> own.judge(record, bySight, seen)).orElse(bySight);
    agreeing = verdict.equals(now.getClass()) ? agreeing + 1 : 1;
    verdict = now.getClass();
    known = known || seen.deployment(pursuit.id()).isPresent();
    last = Optional.of(seen);
    tell(seen, recorded);
    return now;
  }

  private Verdict bySight(ServiceState seen) {
    boolean atPrevious =
        seen.primary()
            .map(Deployment::taskDefinition)
            .filter(pursuit.previous()::equals)
            .isPresent();
    Verdict verdict = Verdict.of(seen, pursuit.id());
    // Blue/green and its like need not list the new tasks before they are proven.
    boolean hidden = !known && !seen.isRolling();
    return verdict instanceof Verdict.Replaced && (hidden || own.goesBack()) && atPrevious
        ? new Verdict.Going()
        : verdict;
  }

  private boolean believable() {
    return known || elapsed().compareTo(CONSISTENT) >= 0;
  }

  private void tell(ServiceState seen, Optional<ServiceDeployment> recorded) {
    chronicle.newOnes(seen.events()).forEach(event -> progress.waiting(where(), event));
    String stage = recorded.flatMap(ServiceDeployment::news).map(text -> ", " + text).orElse("");
    seen.deployment(pursuit.id())
        .map(deployment -> deployment.tasks() + stage)
        .filter(state -> !state.equals(told))
        .ifPresent(state -> {
          told = state;
          progress.waiting(where(), state);
        });
  }

  private Optional<Deployment> done(int wanted) {
    desired = wanted;
    if (desired == 0) {
      progress.warning(
          "The ECS service %s runs no tasks: its desired count is 0".formatted(pursuit.service()),
          "Raise the desired count where it should run.");
    }
    return Optional.empty();
  }

  private Deployment replaced(Optional<Deployment> by) {
    return by.filter(other -> !other.taskDefinition().equals(pursuit.previous()))
        .orElseThrow(() ->
            failures()
                .rolledBack("the new tasks did not stay up, or somebody moved it back meanwhile"));
  }

  private WaitFailures failures() {
    return new WaitFailures(api, pursuit, chronicle);
  }

  private String where() {
    return "ECS service " + pursuit.service();
  }

  private Duration elapsed() {
    return ticker.elapsed().minus(start);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
