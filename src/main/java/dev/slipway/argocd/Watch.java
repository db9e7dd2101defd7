package dev.slipway.argocd;

import dev.slipway.argocd.Unmet.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a row of looks at one application amounts to. One look is never enough, neither for good
/// news nor for bad.
///
/// @param met how many looks in a row met every condition
/// @param streak the same condition unmet, look after look
record Watch(int met, Optional<Streak> streak) {
  private static final int LOOKS = 2;
  // A rolling update may be Degraded in passing, and drift may be a cache that is behind.
  private static final Duration GRACE = Duration.ofSeconds(60);
  // A repository server that restarts shows as an error, too.
  private static final Duration ERROR_GRACE = Duration.ofMinutes(2);
  private static final int ERROR_RECONCILIATIONS = 2;
  // Some errors stop Argo CD before the comparison that would be counted.
  private static final Duration ERROR_LIMIT = Duration.ofMinutes(5);

  /// A condition that stays unmet.
  ///
  /// @param since when it was first seen
  /// @param looks how often
  /// @param reconciliations how many comparisons Argo CD has made meanwhile
  record Streak(
      Unmet unmet,
      Duration since,
      int looks,
      Optional<Instant> reconciledAt,
      int reconciliations) {}

  /// Nothing seen yet.
  static Watch start() {
    return new Watch(0, Optional.empty());
  }

  /// After a look that met everything.
  Watch withMet() {
    return new Watch(met + 1, Optional.empty());
  }

  /// After a look that did not.
  ///
  /// @param reconciledAt the last comparison at that look
  /// @param at the time of the look, since the wait began
  Watch withUnmet(Unmet unmet, Optional<Instant> reconciledAt, Duration at) {
    Streak next =
        streak
            .filter(last -> last.unmet().kind() == unmet.kind())
            .map(last ->
                new Streak(
                    unmet,
                    last.since(),
                    last.looks() + 1,
                    reconciledAt,
                    last.reconciliations() + (last.reconciledAt().equals(reconciledAt) ? 0 : 1)))
            .orElseGet(() -> new Streak(unmet, at, 1, reconciledAt, 0));
    return new Watch(0, Optional.of(next));
  }

  /// Whether the application is live.
  boolean live() {
    return met >= LOOKS;
  }

  /// Whether what is unmet will stay so, as far as anybody can tell at `now`.
  boolean hopeless(Duration now) {
    return streak.map(row -> hopeless(row, now.minus(row.since()))).orElse(false);
  }

  private static boolean hopeless(Streak row, Duration lasted) {
    return switch (row.unmet().kind()) {
      case FAILED -> row.looks() >= LOOKS;
      case DEGRADED, DRIFT -> row.looks() > LOOKS && lasted.compareTo(GRACE) >= 0;
      case ERROR ->
          lasted.compareTo(ERROR_LIMIT) >= 0
              || (lasted.compareTo(ERROR_GRACE) >= 0
                  && row.reconciliations() >= ERROR_RECONCILIATIONS);
      case HYDRATION, REVISION, OPERATION, SYNC, STALE, HEALTH, IMAGE -> false;
    };
  }

  /// Whether a refresh could help: Argo CD has not looked, or looked at a bad moment.
  boolean refreshable() {
    return streak
        .map(row -> row.unmet().kind())
        .map(kind ->
            kind == Kind.REVISION
                || kind == Kind.HYDRATION
                || kind == Kind.STALE
                || kind == Kind.ERROR)
        .orElse(false);
  }
}
