package dev.slipway.argocd;

import dev.slipway.argocd.ApplicationWait.Aims;
import dev.slipway.argocd.ArgoCdLiveCheck.Surroundings;
import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.Expectation;
import dev.slipway.delivery.GitOpsHistory;
import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.problem.Problems;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// One wait for all applications: look at each, help where that is possible, pause, again.
final class Rounds {
  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Expectation expectation;
  private final ArgoCdServer server;
  private final Progress progress;
  private final Ticker ticker;
  private final Deadline deadline;
  private final List<Followed> all;
  private final Map<ApplicationName, String> told = new HashMap<>();
  private final Set<ApplicationName> warned = new HashSet<>();

  /// An application with everything that is done about it.
  private record Followed(ApplicationWait application, SyncStarter starter, Refresher refresher) {}

  Rounds(
      Expectation expectation,
      ArgoCdServer server,
      GitOpsHistory history,
      Surroundings surroundings) {
    Aims aims =
        new Aims(
            new Lineage(
                expectation.delivered(), new RememberedHistory(history, surroundings.ticker())),
            new ImageCheck(expectation.images()),
            expectation.sync());
    this.expectation = expectation;
    this.server = server;
    this.progress = surroundings.progress();
    this.ticker = surroundings.ticker();
    this.deadline = Deadline.in(expectation.limit(), ticker);
    this.all =
        expectation.applications().stream()
            .distinct()
            .map(name ->
                new Followed(
                    new ApplicationWait(name, aims, server),
                    new SyncStarter(name, server, surroundings.run()),
                    new Refresher(name, server)))
            .toList();
  }

  Result run() {
    Duration pause = SHORTEST;
    while (true) {
      look();
      Optional<Result> result = superseded().or(this::live);
      if (result.isPresent()) {
        return result.orElseThrow();
      }
      stopIfHopeless();
      startSyncs();
      refresh();
      ticker.pause(deadline.atMost(max(nearlyLive() ? SHORTEST : pause, retryAfter())));
      if (deadline.passed()) {
        throw diagnosed(waiting().toList());
      }
      pause = min(pause.multipliedBy(3).dividedBy(2), LONGEST);
    }
  }

  private void look() {
    Problems problems = new Problems();
    waiting()
        .filter(_ -> !deadline.passed())
        .forEach(followed ->
            problems
                .attempt(() -> followed.application().look(deadline))
                .ifPresent(state -> tell(followed, state)));
    throwDistinct(problems);
  }

  /// A token that is refused is refused for every application alike; once is enough to read.
  private static void throwDistinct(Problems problems) {
    try {
      problems.throwIfAny();
    } catch (ActionException e) {
      throw new ActionException(e.problems().stream().distinct().toList());
    }
  }

  private void tell(Followed followed, String state) {
    ApplicationName name = followed.application().name();
    if (!state.isEmpty() && !state.equals(told.put(name, state))) {
      progress.waiting("Argo CD application " + name, state);
    }
  }

  private Optional<Result> superseded() {
    return all.stream()
        .flatMap(followed ->
            followed.application().replacement().stream()
                .<Result>map(by -> new Result.Superseded(followed.application().name(), by)))
        .findFirst();
  }

  private Optional<Result> live() {
    return waiting().findAny().isPresent()
        ? Optional.empty()
        : Optional.of(
            new Result.Live(
                all.stream().flatMap(followed -> followed.application().live().stream()).toList()));
  }

  private void stopIfHopeless() {
    List<Followed> hopeless =
        waiting()
            .filter(followed -> followed.application().hopeless(deadline))
            .filter(followed -> !mayStillSync(followed))
            .toList();
    if (!hopeless.isEmpty()) {
      throw diagnosed(hopeless);
    }
  }

  private boolean mayStillSync(Followed followed) {
    return expectation.sync()
        && followed
            .application()
            .state()
            .flatMap(state ->
                followed
                    .application()
                    .unmet()
                    .map(unmet -> followed.starter().couldHelp(state, unmet)))
            .orElse(false);
  }

  private void startSyncs() {
    waiting()
        .filter(followed -> followed.application().silence().isEmpty() && mayStillSync(followed))
        .forEach(followed ->
            followed
                .application()
                .state()
                .map(state -> followed.starter().start(state, deadline))
                .ifPresent(done -> tell(followed, done)));
  }

  private void refresh() {
    List<Followed> due =
        waiting()
            .filter(followed -> followed.application().refreshable() && !mayStillSync(followed))
            .filter(followed -> followed.refresher().isDue(deadline))
            .toList();
    List<Optional<String>> failures =
        Concurrently.ask(
            due.stream()
                .<Supplier<Optional<String>>>map(
                    followed -> () -> followed.refresher().refresh(deadline))
                .toList());
    for (int index = 0; index < due.size(); index++) {
      ApplicationName name = due.get(index).application().name();
      failures.get(index).filter(_ -> warned.add(name)).ifPresent(why -> warn(name, why));
    }
  }

  private void warn(ApplicationName name, String why) {
    progress.warning(
        "Argo CD did not refresh application %s: %s".formatted(name, why),
        "the wait goes on, but Argo CD may see the commit only at its next poll; look at its application controller if this happens often");
  }

  private ActionException diagnosed(List<Followed> followed) {
    Diagnosis diagnosis = new Diagnosis(server, expectation);
    List<Problem> problems =
        Concurrently.ask(
            followed.stream()
                .<Supplier<Problem>>map(one ->
                    () -> diagnosis.of(one.application(), one.application().hopeless(deadline)))
                .toList());
    return new ActionException(problems.stream().distinct().toList());
  }

  private Stream<Followed> waiting() {
    return all.stream().filter(followed -> followed.application().live().isEmpty());
  }

  /// Whether an application only needs its second look.
  private boolean nearlyLive() {
    return waiting().anyMatch(followed -> followed.application().nearlyLive());
  }

  private Duration retryAfter() {
    return waiting()
        .map(followed -> followed.application().retryAfter())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
