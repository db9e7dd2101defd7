package dev.slipway.runner.report;

import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.Releases;
import dev.slipway.version.ReleaseDecision;
import dev.slipway.version.Verdict;

/// What becomes of a commit's release, in words.
final class ReleaseText {
  private ReleaseText() {}

  /// The decision in a few words.
  static String title(ReleaseDecision decision) {
    return switch (decision) {
      case ReleaseDecision.Make make -> make.tagName();
      case ReleaseDecision.Reuse reuse -> reuse.tag().name() + ", which is there";
      case ReleaseDecision.Nothing _ -> "none";
      case ReleaseDecision.Superseded superseded -> "none, after " + superseded.by().name();
    };
  }

  /// A kind of decision, for machines.
  static String kind(PlannedRelease release) {
    return switch (release.decision()) {
      case ReleaseDecision.Make _ -> "make";
      case ReleaseDecision.Reuse _ -> "reuse";
      case ReleaseDecision.Nothing _ -> "nothing";
      case ReleaseDecision.Superseded _ -> "superseded";
    };
  }

  /// What one commit asks for, and why.
  static String of(Verdict verdict) {
    return "%-5s  %s (%s)".formatted(verdict.bump().text(), verdict.header(), verdict.why());
  }

  static String of(Releases.Page page) {
    return switch (page.operation()) {
      case CREATED -> "The release is published: " + page.url();
      case COMPLETED -> "The release is brought up to date: " + page.url();
      case NONE -> "The release says it already: " + page.url();
    };
  }
}
