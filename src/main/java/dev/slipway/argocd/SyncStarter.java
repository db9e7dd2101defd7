package dev.slipway.argocd;

import dev.slipway.argocd.Answer.Found;
import dev.slipway.argocd.Answer.Refusal;
import dev.slipway.argocd.Answer.Refused;
import dev.slipway.argocd.Answer.Unavailable;
import dev.slipway.delivery.ApplicationName;
import java.net.URI;
import java.time.Duration;

/// Starts the sync of one application whose auto-sync is off. What to do is decided from the
/// application's state each time, so a lost answer starts nothing twice.
final class SyncStarter {
  private static final int MOST = 3;
  private static final Duration SPACING = Duration.ofSeconds(10);
  private static final Duration REQUEST = Duration.ofSeconds(30);

  private final ApplicationName name;
  private final ArgoCdServer server;
  private final URI run;
  private int started;
  private int refused;
  private Duration notBefore = Duration.ZERO;

  SyncStarter(ApplicationName name, ArgoCdServer server, URI run) {
    this.name = name;
    this.server = server;
    this.run = run;
  }

  /// Whether a sync could help, now or a little later. A sync that failed or left differences
  /// before this run is tried once more, as a person who runs the job again expects.
  boolean couldHelp(ApplicationState state, Unmet unmet) {
    if (state.spec().autoSync() || state.requested()) {
      return false;
    }
    return switch (unmet.kind()) {
      case REVISION, SYNC -> started < MOST;
      case FAILED, DRIFT -> started == 0;
      case ERROR, HYDRATION, OPERATION, STALE, DEGRADED, HEALTH, IMAGE -> false;
    };
  }

  /// Starts it, if it is time for another attempt.
  ///
  /// @return what to tell; empty if nothing happened
  /// @throws dev.slipway.problem.ActionException when Argo CD will never do it
  String start(ApplicationState state, Deadline deadline) {
    if (deadline.passed() || deadline.elapsed().compareTo(notBefore) < 0) {
      return "";
    }
    Answer answer = server.sync(name, run, deadline.atMost(REQUEST));
    notBefore = deadline.elapsed().plus(SPACING);
    return switch (answer) {
      case Found _ -> {
        started++;
        yield "sync started";
      }
      case Refused no -> refused(no, state);
      case Unavailable(String why, Duration _) -> "no answer to the start of the sync: " + why;
    };
  }

  private String refused(Refused no, ApplicationState state) {
    if (no.message().contains("another operation is already in progress")) {
      return "another sync is under way; ours waits for it";
    }
    if (no.refusal() == Refusal.FORBIDDEN && no.message().contains("sync window")) {
      return "a sync window keeps it from being synced";
    }
    refused++;
    if (no.refusal() == Refusal.FORBIDDEN || refused == MOST) {
      throw ArgoCdProblems.syncRefused(name, state.spec().project(), no);
    }
    return "the sync cannot be started: " + no.message();
  }
}
