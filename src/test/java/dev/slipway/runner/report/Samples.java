package dev.slipway.runner.report;

import dev.slipway.delivery.DeliveredImage;
import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.delivery.GitOpsRepository.Proposed;
import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.ImageRegistry.Readiness;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.InstanceSelector;
import dev.slipway.delivery.OnSuperseded;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Plan;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.delivery.PlannedRollback;
import dev.slipway.delivery.PullRequest;
import dev.slipway.delivery.RemoteScripts;
import dev.slipway.delivery.Report;
import dev.slipway.delivery.Rollout;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.image.Tag;
import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Plans and results as runs have them.
final class Samples {
  static final String COMMAND = "0831e1a8-a1ac-4257-a1fd-c831b48c4107";
  static final RemoteScripts.Machine MACHINE =
      new RemoteScripts.Machine("i-0123456789abcdef0", "ip-10-0-0-7");
  static final CommitSha COMMIT = new CommitSha("1".repeat(40));
  static final CommitSha BASE = new CommitSha("2".repeat(40));
  static final CommitSha HEAD = new CommitSha("3".repeat(40));
  static final CommitSha MERGED = new CommitSha("4".repeat(40));
  static final Digest DIGEST = new Digest("sha256:" + "ab".repeat(32));
  private static final Digest DIGEST_BEFORE = new Digest("sha256:" + "b".repeat(64));
  static final Pushed PUSHED = new Pushed(DIGEST, true, 4, 7, 75_230_000);
  static final Pushed PRESENT = new Pushed(DIGEST, false, 0, 11, 0);

  private static final String VALUES =
      """
      # Values of the shop.
      image:
        repository: ghcr.io/acme/shop
        tag: 1.2.2 # moved by Slipway
        pullPolicy: IfNotPresent
      replicas: 2
      """;

  private Samples() {}

  /// A change of one value, and a file that is new.
  static List<FileChange> changes() {
    return List.of(
        new FileChange(
            "apps/shop/values.yaml",
            Optional.of(FileContent.of(VALUES)),
            FileContent.of(VALUES.replace("1.2.2", "1.2.3")),
            List.of(
                new FileChange.Scalar(
                    KeyPath.parse("image.repository"), "ghcr.io/acme/shop", "ghcr.io/acme/shop"),
                new FileChange.Scalar(KeyPath.parse("image.tag"), "1.2.2", "1.2.3"))),
        new FileChange(
            "apps/shop/ingress.yaml",
            Optional.empty(),
            FileContent.of("kind: Ingress\n"),
            List.of()));
  }

  /// The same values, all there already.
  static List<FileChange> noChanges() {
    FileContent content = FileContent.of(VALUES.replace("1.2.2", "1.2.3"));
    return List.of(
        new FileChange(
            "apps/shop/values.yaml",
            Optional.of(content),
            content,
            List.of(new FileChange.Scalar(KeyPath.parse("image.tag"), "1.2.3", "1.2.3"))));
  }

  /// Push and GitOps.
  static Plan plan() {
    return plan(changes());
  }

  static Plan plan(List<FileChange> changes) {
    return SamplePlan.ofVersion().images(image()).gitOps(changes).build();
  }

  /// Back to an earlier delivery.
  static Plan planOfRollback() {
    return SamplePlan.ofVersion()
        .images(image())
        .gitOps(changes())
        .rollback(
            new PlannedRollback(
                Optional.of("1.3.0"),
                "1.2.3",
                "it is the newest delivery before 1.3.0 that went well",
                Optional.empty()))
        .build();
  }

  /// The image of [#plan()].
  static PlannedImage image() {
    return image(Optional.empty(), "acme/shop", Optional.of(DIGEST));
  }

  private static PlannedImage image(
      Optional<String> component, String repository, Optional<Digest> digest) {
    return new PlannedImage(
        component,
        List.of(new Tag("1.2.3"), new Tag("latest")),
        Optional.of(new ImageName("ghcr.io", repository)),
        digest,
        Optional.of(
            new PlannedImage.Push(
                new ImageSource.Archive("image.tar", Path.of("/github/workspace/image.tar")),
                new Summary(
                    "OCI archive",
                    digest,
                    List.of(new Platform("linux", "amd64", ""), new Platform("linux", "arm64", "")),
                    10,
                    75_230_000,
                    component.flatMap(_ -> digest).map(_ -> DIGEST_BEFORE),
                    Set.of()),
                digest.isPresent() ? Readiness.READY : Readiness.TO_BE_CREATED)));
  }

  /// The same image after a push.
  static PlannedImage known(PlannedImage image) {
    return new PlannedImage(
        image.component(), image.tags(), image.name(), Optional.of(DIGEST), image.push());
  }

  /// Push, and a script on a machine.
  static Plan planOfScript() {
    return SamplePlan.ofVersion()
        .images(image())
        .script(
            new RemoteScripts.Script(
                new Inputs.RemoteScript(
                    new InstanceSelector.Named(List.of(MACHINE.id())),
                    "cd shop\n./deploy.sh",
                    "ubuntu",
                    Duration.ofMinutes(15),
                    OnSuperseded.SKIP),
                List.of(MACHINE)))
        .build();
  }

  /// Push alone, of raw layers, to a repository that is not there: the digest is not known.
  static Plan planOfPush() {
    return SamplePlan.empty()
        .images(image(Optional.empty(), "acme/shop", Optional.empty()))
        .build();
  }

  /// Two components; the digest of the second is not known.
  static Plan planOfComponents() {
    return SamplePlan.ofVersion()
        .images(
            image(Optional.of("core"), "acme/core", Optional.of(DIGEST)),
            image(Optional.of("batch"), "acme/batch", Optional.empty()))
        .gitOps(changes())
        .build();
  }

  /// Nothing but tags.
  static Plan planOfTags() {
    PlannedImage image =
        new PlannedImage(
            Optional.empty(),
            List.of(new Tag("1.2.3")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return SamplePlan.ofVersion().images(image).build();
  }

  static Rollout.Committed committed() {
    return new Rollout.Committed("main", HEAD, changes());
  }

  static Rollout.PullRequestOpen pullRequest(Operation operation, Merge merge) {
    return new Rollout.PullRequestOpen(
        new Rollout.Branches("slipway/shop", "main"),
        new Proposed(
            new PullRequest(12, URI.create("https://github.com/acme/gitops/pull/12")),
            operation,
            HEAD),
        merge,
        changes());
  }

  static Report report(Plan plan, List<Pushed> pushed, List<Rollout> rollouts, Outcome outcome) {
    boolean changed =
        outcome == Outcome.DEPLOYED
            || outcome == Outcome.PENDING
            || rollouts.stream().anyMatch(Rollout::changed);
    List<DeliveredImage> images =
        pushed.stream().map(push -> new DeliveredImage(image(), Optional.of(push))).toList();
    return new Report(plan, images, rollouts, outcome, changed);
  }
}
