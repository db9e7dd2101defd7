package dev.slipway.runner.report;

import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.Releases;
import dev.slipway.template.Template;
import dev.slipway.version.Changelog;
import dev.slipway.version.Commit;
import dev.slipway.version.GitTag;
import dev.slipway.version.Judgement;
import dev.slipway.version.ReleaseDecision;
import dev.slipway.version.SemanticVersion;
import dev.slipway.version.VersionTag;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Plans of runs that make a release, or find one.
final class SampleReleases {
  private SampleReleases() {}

  /// The tags of a release with a page, and an extra tag that is skipped.
  static Plan plan() {
    Judgement judgement =
        Judgement.of(
            List.of(
                new Commit(Samples.BASE, "docs: say <why> @ann"),
                new Commit(Samples.COMMIT, "fix(api): answer `404`\n\nBody.")));
    ReleaseDecision decision =
        new ReleaseDecision.Make(
            SemanticVersion.of(1, 2, 3),
            "v1.2.3",
            "1111111 asks for a patch bump after v1.2.2: its type is fix");
    Changelog notes =
        new Changelog(
            judgement.changes(),
            URI.create("https://github.com/acme/shop"),
            Optional.of("v1.2.2"),
            "v1.2.3",
            List.of());
    return SamplePlan.ofVersion()
        .images(Samples.planOfTags().onlyImage().orElseThrow())
        .release(
            new PlannedRelease(
                decision,
                judgement.verdicts(),
                Optional.of(
                    new Releases.Publication(
                        "Release v1.2.3", Samples.COMMIT, notes, false, true))))
        .skipping(
            new Plan.SkippedTag(
                Optional.empty(), Template.parse("latest"), "a release above 1.2.3 is there"))
        .build();
  }

  /// Nothing: a newer commit is released already.
  static Plan planOfSuperseded() {
    VersionTag newer =
        new VersionTag(new GitTag("v1.2.4", Samples.HEAD), SemanticVersion.of(1, 2, 4));
    return SamplePlan.empty()
        .release(
            new PlannedRelease(new ReleaseDecision.Superseded(newer), List.of(), Optional.empty()))
        .build();
  }
}
