package dev.slipway.argocd;

import dev.slipway.argocd.Answer.Found;
import dev.slipway.argocd.Answer.Refused;
import dev.slipway.argocd.Answer.Unavailable;
import dev.slipway.delivery.ApplicationName;
import java.time.Duration;
import java.util.Optional;

/// Has Argo CD look at Git now instead of at its next poll, minutes later. Once is normal; the
/// distance to each further time doubles.
final class Refresher {
  private static final Duration REQUEST = Duration.ofSeconds(20);
  private static final Duration FIRST_SPACING = Duration.ofSeconds(30);

  private final ApplicationName name;
  private final ArgoCdServer server;
  private Duration spacing = FIRST_SPACING;
  private Duration notBefore = Duration.ZERO;

  Refresher(ApplicationName name, ArgoCdServer server) {
    this.name = name;
    this.server = server;
  }

  boolean isDue(Deadline deadline) {
    return !deadline.passed() && deadline.elapsed().compareTo(notBefore) >= 0;
  }

  /// Refreshes, in a time of its own: a stuck controller must not use up the wait.
  ///
  /// @return why it failed; the looks go on all the same
  Optional<String> refresh(Deadline deadline) {
    Answer answer = server.refresh(name, deadline.atMost(REQUEST));
    notBefore = deadline.elapsed().plus(spacing);
    spacing = spacing.multipliedBy(2);
    return switch (answer) {
      case Found _ -> Optional.empty();
      case Refused(Answer.Refusal _, String message) -> Optional.of(message);
      case Unavailable(String why, Duration _) -> Optional.of(why);
    };
  }
}
