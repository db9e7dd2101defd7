package dev.slipway.argocd;

import dev.slipway.delivery.Expectation;
import dev.slipway.delivery.GitOpsHistory;
import dev.slipway.delivery.LiveCheck;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Ticker;
import java.net.URI;

/// Waits until Argo CD's applications run what was delivered.
public final class ArgoCdLiveCheck implements LiveCheck {
  private final ArgoCdServer server;
  private final GitOpsHistory history;
  private final Surroundings surroundings;

  public ArgoCdLiveCheck(ArgoCdServer server, GitOpsHistory history, Surroundings surroundings) {
    this.server = server;
    this.history = history;
    this.surroundings = surroundings;
  }

  /// The run that waits.
  ///
  /// @param progress hears how the wait goes
  /// @param run its page, shown at syncs that are started
  /// @param ticker its time
  public record Surroundings(Progress progress, URI run, Ticker ticker) {}

  @Override
  public Result await(Expectation expectation) {
    return new Rounds(expectation, server, history, surroundings).run();
  }
}
