package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;

import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.Optional;

/// A delivery in a [World], and runs of it.
abstract class DeliveryStory {
  static final CommitSha HEAD = new CommitSha("a1b2c3d" + "0".repeat(33));
  static final String FILE = SampleInputs.FILE;

  static final CommitSha OLD = new CommitSha("0".repeat(39) + "1");
  static final CommitSha NEWER = new CommitSha("b".repeat(40));

  final World world = new World(HEAD);
  final Delivery delivery =
      new Delivery(
          new Planner(world.home, world.images, world.images, world.targets),
          world.images,
          world.targets,
          world.progress);

  /// What the trailers of a delivery to the values of these tests say.
  static String target() {
    return DeliveryText.provenance(
            run(), tagged("any").update("tag", "{tag}").build().gitOps().orElseThrow())
        .target();
  }

  /// A delivery that commits the tag `new`.
  static SampleInputs committing() {
    return tagged("new").update("tag", "{tag}").byCommit();
  }

  Report deliver(SampleInputs inputs, RunContext run) {
    return delivery.run(inputs.build(), run);
  }

  static RunContext run() {
    return run("17");
  }

  static RunContext run(String id) {
    return run("push", false, id);
  }

  static RunContext foreignRun() {
    return run("pull_request", true);
  }

  static RunContext run(String event, boolean foreign) {
    return run(event, foreign, "17");
  }

  private static RunContext run(String event, boolean foreign, String id) {
    return new RunContext(
        RepositoryName.parse("acme/shop"),
        HEAD,
        "feature/x",
        Optional.empty(),
        event,
        foreign,
        "octocat",
        id,
        "4",
        URI.create("https://api.github.com"),
        URI.create("https://github.com/acme/shop/actions/runs/17"));
  }
}
