package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import dev.slipway.aws.Ticker;
import dev.slipway.delivery.Progress;
import dev.slipway.ecs.ServiceState.Deployment;
import dev.slipway.problem.ActionException;
import java.time.Duration;
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
  private final Pursuit pursuit;
  private final Progress progress;
  private final Chronicle chronicle;
  private final Ticker ticker;
  private final Duration start;
  private String told = "";
  private Optional<ServiceState> last = Optional.empty();
  private boolean known;
  private int agreeing;
  private Duration pause = PAUSE;

  /// What is waited for.
  ///
  /// @param service its name
  /// @param id of the deployment
  /// @param taskDefinition ARN of the one it runs
  /// @param previous ARN of the task definition that a rollback goes back to
  record Pursuit(
      String service, String id, String taskDefinition, String previous, Duration limit) {}

  ServiceWait(EcsApi api, Pursuit pursuit, Progress progress, Chronicle chronicle) {
    this.api = api;
    this.pursuit = pursuit;
    this.progress = progress;
    this.chronicle = chronicle;
    this.ticker = api.ticker();
    this.start = ticker.elapsed();
  }

  /// Waits until the deployment's tasks run.
  ///
  /// @return the deployment that took its place; empty when it is live
  /// @throws ActionException when it failed, was rolled back, or the time is over
  Optional<Deployment> await() {
    while (true) {
      Optional<Verdict> verdict = look().map(this::judge);
      switch (verdict.orElse(null)) {
        case Verdict.Live live -> {
          return done(live.deployment());
        }
        case Verdict.SeemsLive live when agreeing >= LOOKS -> {
          return done(live.deployment());
        }
        case Verdict.Failed(String reason) -> throw failures().gaveUp(reason);
        case Verdict.Gone(String status) when agreeing >= LOOKS -> throw failures().gone(status);
        case Verdict.Replaced(Optional<Deployment> by) when agreeing >= LOOKS && believable() -> {
          return Optional.of(replaced(by));
        }
        case null -> {}
        case Verdict.SeemsLive _, Verdict.Gone _, Verdict.Replaced _, Verdict.Going _ -> {}
      }
      if (elapsed().compareTo(pursuit.limit()) >= 0) {
        throw failures().late(last, pursuit.limit());
      }
      ticker.pause(shorter(pause, pursuit.limit().minus(elapsed())));
    }
  }

  private Optional<ServiceState> look() {
    try {
      Optional<ServiceState> seen = api.glance(pursuit.service());
      pause = PAUSE;
      return seen;
    } catch (SdkException e) {
      if (!AwsProblems.mayPass(e)) {
        throw failures().blind(e);
      }
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      return Optional.empty();
    }
  }

  private Verdict judge(ServiceState seen) {
    Verdict verdict = Verdict.of(seen, pursuit.id());
    boolean again =
        last.map(before -> Verdict.of(before, pursuit.id()).getClass())
            .equals(Optional.of(verdict.getClass()));
    agreeing = again ? agreeing + 1 : 1;
    known = known || seen.deployment(pursuit.id()).isPresent();
    last = Optional.of(seen);
    tell(seen);
    return verdict;
  }

  private boolean believable() {
    return known || elapsed().compareTo(CONSISTENT) >= 0;
  }

  private void tell(ServiceState seen) {
    chronicle.newOnes(seen.events()).forEach(event -> progress.waiting(where(), event));
    seen.deployment(pursuit.id())
        .map(deployment -> deployment.tasks().toString())
        .filter(state -> !state.equals(told))
        .ifPresent(state -> {
          told = state;
          progress.waiting(where(), state);
        });
  }

  private Optional<Deployment> done(Deployment deployment) {
    if (deployment.tasks().desired() == 0) {
      progress.warning(
          "The ECS service %s runs no tasks: its desired count is 0".formatted(pursuit.service()),
          "Raise the desired count where it should run.");
    }
    return Optional.empty();
  }

  private Deployment replaced(Optional<Deployment> by) {
    return by.filter(other -> !other.taskDefinition().equals(pursuit.previous()))
        .orElseThrow(() -> failures().rolledBack());
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
