package dev.slipway.registry;

import dev.slipway.problem.Problem;
import java.io.IOException;

/// The registry that an image comes from did not send a blob of it. The one that the image goes to
/// has no part in it.
final class SourceFailure extends IOException {
  private static final long serialVersionUID = 1L;

  // Exceptions are serializable by inheritance; nobody serializes this one.
  private final transient Origin origin;
  private final boolean mayPass;

  /// @param cause what Jib or the network threw
  SourceFailure(Origin origin, Exception cause) {
    super(cause);
    this.origin = origin;
    this.mayPass = true;
  }

  /// Other bytes came than were promised.
  SourceFailure(Origin origin, String message) {
    super(message);
    this.origin = origin;
    this.mayPass = false;
  }

  /// Whether reading the same again may help.
  boolean mayPass() {
    return mayPass;
  }

  /// What to say about `failure`, which this caused.
  Problem problem(RegistryFailure failure) {
    return mayPass
        ? origin.problems().problem(failure)
        : origin.problems().damaged(String.valueOf(getMessage()));
  }
}
