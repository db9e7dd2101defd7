package dev.slipway.sandbox;

/// What goes wrong with a call of [FakeSsm].
public sealed interface SsmFault {
  /// The service refuses.
  record Refused(int status, String code, String message) implements SsmFault {}

  /// The service does what it was asked, and the connection ends without an answer.
  record AnswerLost() implements SsmFault {}

  /// The connection ends before the service does anything.
  record RequestLost() implements SsmFault {}

  /// The service is busy.
  static SsmFault throttled() {
    return new Refused(400, "ThrottlingException", "Rate exceeded");
  }

  /// What AWS says of a missing permission.
  static SsmFault denied(String action, String resource) {
    return new Refused(
        400,
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/deploy/run is not authorized to perform:"
            + " ssm:%s on resource: %s because no identity-based policy allows it"
                .formatted(action, resource));
  }

  /// The command or invocation is not known yet.
  static SsmFault notThereYet() {
    return new Refused(400, "InvocationDoesNotExist", "");
  }
}
