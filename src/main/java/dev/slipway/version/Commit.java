package dev.slipway.version;

/// A commit of the application repository: its name and its message, nobody's name.
public record Commit(CommitSha sha, String message) {
  /// The first line of the message.
  public String header() {
    return text().header();
  }

  CommitMessage text() {
    return CommitMessage.of(message);
  }
}
