package dev.slipway.ssm;

import com.fasterxml.jackson.databind.JsonNode;

/// How a command fares on one machine.
///
/// @param machine its id
/// @param details Systems Manager's finer word for the status, e.g. `Undeliverable`
record Invocation(String machine, Status status, String details) {

  /// [What Systems Manager
  /// knows](https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html).
  enum Status {
    PENDING("Pending"),
    IN_PROGRESS("InProgress"),
    DELAYED("Delayed"),
    CANCELLING("Cancelling"),
    SUCCESS("Success"),
    CANCELLED("Cancelled"),
    TIMED_OUT("TimedOut"),
    FAILED("Failed"),
    /// A word that Systems Manager has learnt since.
    OTHER("");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    static Status of(String word) {
      for (Status status : values()) {
        if (status.word.equals(word)) {
          return status;
        }
      }
      return OTHER;
    }

    /// Whether it stays so.
    boolean isOver() {
      return switch (this) {
        case PENDING, IN_PROGRESS, DELAYED, CANCELLING, OTHER -> false;
        case SUCCESS, CANCELLED, TIMED_OUT, FAILED -> true;
      };
    }
  }

  /// From ListCommandInvocations, or from GetCommandInvocation.
  static Invocation read(JsonNode invocation) {
    String status = invocation.path("Status").asText("");
    return new Invocation(
        invocation.path("InstanceId").asText(""),
        Status.of(status),
        Texts.line(invocation.path("StatusDetails").asText(status)));
  }

  boolean isOver() {
    return status.isOver();
  }

  /// Whether the machine never began with it, because of another machine.
  boolean wasHeldBack() {
    return details.equals("Terminated");
  }

  /// The state in words.
  String sentence() {
    return switch (details) {
      case "Pending" -> "waits for its turn";
      case "InProgress", "In Progress" -> "is running the script";
      case "Delayed" -> "does not answer yet; it is tried again";
      case "Cancelling" -> "is told to stop";
      case "Success" -> "is done";
      case "Failed" -> "the script failed";
      case "Cancelled" -> "the command was cancelled";
      case "Undeliverable" -> "the command could not be delivered: the machine does not answer";
      case "DeliveryTimedOut", "Delivery Timed Out" -> "the command was not delivered in time";
      case "ExecutionTimedOut", "Execution Timed Out" -> "the script was not done in time";
      case "Terminated" -> "was not begun, because another machine failed";
      default -> "Systems Manager says: " + details;
    };
  }
}
