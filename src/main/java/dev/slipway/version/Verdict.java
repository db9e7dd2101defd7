package dev.slipway.version;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one commit means for the next version, and why: a line of the log.
///
/// @param changes what the changelog lists of it; none for a commit that counts for nothing
/// @param releaseAs the version that a footer `Release-As: 2.0.0` asks for, as it was written
public record Verdict(
    CommitSha sha,
    String header,
    Bump bump,
    String why,
    List<Change> changes,
    Optional<String> releaseAs) {
  public Verdict {
    changes = List.copyOf(changes);
  }

  static Verdict nothing(Commit commit, String why) {
    return new Verdict(commit.sha(), commit.header(), Bump.NONE, why, List.of(), Optional.empty());
  }

  /// The verdict on a merge whose commits are judged themselves. What a person added to it counts.
  static Verdict merge(Commit commit) {
    return new Verdict(
        commit.sha(),
        commit.header(),
        Bump.NONE,
        "a merge; the commits it brings are judged themselves",
        List.of(),
        releaseAs(commit.text()));
  }

  /// The verdict on `message`, which is the commit's or stands in it.
  static Verdict of(Commit commit, CommitMessage message) {
    List<Change> changes = changes(commit, message);
    Change own = changes.getFirst();
    List<Change> heavier =
        changes.stream().filter(change -> change.bump().compareTo(own.bump()) > 0).toList();
    Optional<Change> heaviest = heavier.stream().max(Comparator.comparing(Change::bump));
    String why =
        heaviest
            .map(change -> "its body holds `%s`: %s".formatted(change.header(), change.why()))
            .orElse(own.why());
    return new Verdict(
        commit.sha(),
        commit.header(),
        heaviest.orElse(own).bump(),
        why,
        listed(own, heavier),
        releaseAs(message));
  }

  /// What a message says of itself, then what the messages say that a squash merge kept in it.
  static List<Change> changes(Commit commit, CommitMessage message) {
    return message.parts().stream().map(part -> Change.of(commit.sha(), part)).toList();
  }

  /// A squash merge is listed by its title; a part of it only when it says more than the title.
  private static List<Change> listed(Change own, List<Change> heavier) {
    return own.isReadable() || heavier.isEmpty()
        ? Stream.concat(Stream.of(own), heavier.stream()).toList()
        : heavier;
  }

  private static Optional<String> releaseAs(CommitMessage message) {
    return message.parts().stream()
        .flatMap(part -> CommitBody.parse(part.rest()).values("Release-As").stream())
        .reduce((_, last) -> last);
  }

  /// The same verdict with `where` it was found before its reason.
  Verdict because(String where) {
    return new Verdict(sha, header, bump, where + why, changes, releaseAs);
  }
}
