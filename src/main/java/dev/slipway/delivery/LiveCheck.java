package dev.slipway.delivery;

import dev.slipway.version.CommitSha;
import java.time.Duration;
import java.util.List;

/// Port: finds out whether what was delivered is what runs.
public interface LiveCheck {
  /// Waits until every application runs what was delivered, or until it is certain that one will
  /// not. Each change of an application's state is told to [Progress#waiting].
  ///
  /// @throws dev.slipway.problem.ActionException when an application failed, or the time is up; one
  ///   problem per application that is not live
  Result await(Expectation expectation);

  /// How a wait ended well.
  sealed interface Result {
    /// Everything runs.
    record Live(List<LiveApplication> applications) implements Result {}

    /// A later commit replaced the delivered values before they were seen running: somebody else is
    /// at the wheel.
    record Superseded(ApplicationName application, CommitSha by) implements Result {}
  }

  /// An application that runs what was delivered.
  ///
  /// @param revision the commit of the GitOps repository it runs: the delivered one or a later one
  /// @param after how long it took
  record LiveApplication(ApplicationName name, CommitSha revision, Duration after) {}
}
