package dev.slipway.delivery;

import dev.slipway.delivery.Releases.Claim;
import dev.slipway.version.ReleaseDecision;
import java.util.List;
import java.util.Optional;

/// Carries out what the plan says about the release.
///
/// The tag is claimed before anything is pushed: whoever makes it owns the version, and whoever
/// comes second finds out before an image of that version is anywhere.
final class ReleaseStage {
  private final Releases releases;
  private final Progress progress;

  ReleaseStage(Releases releases, Progress progress) {
    this.releases = releases;
    this.progress = progress;
  }

  /// Makes the tag where the plan asks for one.
  ///
  /// @return whether this run made a tag; empty: another run was faster, and its tag is a fact that
  ///   the next plan starts from
  Optional<Boolean> claim(Plan plan) {
    Optional<ReleaseDecision> decision = plan.release().map(PlannedRelease::decision);
    return decision.isPresent() && decision.get() instanceof ReleaseDecision.Make make
        ? claim(make, plan)
        : Optional.of(false);
  }

  private Optional<Boolean> claim(ReleaseDecision.Make make, Plan plan) {
    return switch (releases.claim(make.tagName(), plan.commit())) {
      case Claim.Made _ -> {
        progress.tagged(make.tagName(), true);
        yield Optional.of(true);
      }
      case Claim.Present _ -> {
        progress.tagged(make.tagName(), false);
        yield Optional.of(false);
      }
      case Claim.LostTo(var commit) -> {
        progress.waiting(
            "Tag " + make.tagName(),
            "another run made it at %s; deciding again".formatted(commit.shortened(7)));
        yield Optional.empty();
      }
    };
  }

  /// Publishes the page where the plan asks for one, with what was pushed.
  Optional<Releases.Page> publish(Plan plan) {
    return plan.release()
        .flatMap(PlannedRelease::publication)
        .map(wanted -> {
          Releases.Page page =
              releases.publish(
                  new Releases.Publication(
                      wanted.title(),
                      wanted.commit(),
                      wanted.notes().with(images(plan)),
                      wanted.preRelease(),
                      wanted.latest()));
          progress.published(page);
          return page;
        });
  }

  private static List<String> images(Plan plan) {
    return plan.images().stream()
        .flatMap(image ->
            image.reference().stream()
                .flatMap(
                    reference -> image.digest().stream().map(digest -> reference + "@" + digest)))
        .toList();
  }
}
