package dev.slipway.runner.report;

import dev.slipway.delivery.EcsCluster;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository.Snapshot;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRelease;
import dev.slipway.delivery.PlannedRollback;
import dev.slipway.delivery.RemoteScripts;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.version.GitTag;
import dev.slipway.version.MovingTag;
import dev.slipway.version.ResolvedVersion;
import dev.slipway.version.SemanticVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A plan in the making, for a commit of `acme/shop`.
final class SamplePlan {
  private final Optional<ResolvedVersion> version;
  private Optional<PlannedRelease> release = Optional.empty();
  private List<PlannedImage> images = List.of();
  private List<Plan.SkippedTag> skippedTags = List.of();
  private Optional<Plan.GitOps> gitOps = Optional.empty();
  private Optional<EcsCluster.Service> ecs = Optional.empty();
  private Optional<RemoteScripts.Script> script = Optional.empty();
  private Optional<PlannedRollback> rollback = Optional.empty();

  private SamplePlan(Optional<ResolvedVersion> version) {
    this.version = version;
  }

  /// Nothing is planned.
  static SamplePlan empty() {
    return new SamplePlan(Optional.empty());
  }

  /// Nothing is planned, for the version 1.2.3.
  static SamplePlan ofVersion() {
    return new SamplePlan(
        Optional.of(
            new ResolvedVersion(
                "1.2.3",
                SemanticVersion.parse("1.2.3").orElseThrow(),
                Optional.of(new GitTag("v1.2.3", Samples.COMMIT)),
                Set.of(MovingTag.LATEST),
                "the commit carries the tag v1.2.3")));
  }

  SamplePlan release(PlannedRelease planned) {
    release = Optional.of(planned);
    return this;
  }

  SamplePlan images(PlannedImage... planned) {
    images = List.of(planned);
    return this;
  }

  SamplePlan skipping(Plan.SkippedTag tag) {
    skippedTags = List.of(tag);
    return this;
  }

  SamplePlan gitOps(List<FileChange> changes) {
    gitOps =
        Optional.of(
            new Plan.GitOps(
                RepositoryName.parse("acme/gitops"),
                new Snapshot("main", Samples.BASE, Map.of(), List.of(), Map.of(), List.of()),
                Optional.of("slipway/shop"),
                changes));
    return this;
  }

  SamplePlan ecs(EcsCluster.Service planned) {
    ecs = Optional.of(planned);
    return this;
  }

  SamplePlan script(RemoteScripts.Script planned) {
    script = Optional.of(planned);
    return this;
  }

  SamplePlan rollback(PlannedRollback planned) {
    rollback = Optional.of(planned);
    return this;
  }

  Plan build() {
    return new Plan(
        Samples.COMMIT, version, release, images, skippedTags, gitOps, ecs, script, rollback);
  }
}
