package dev.slipway.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Delivery;
import dev.slipway.delivery.GitOpsPorts;
import dev.slipway.delivery.ImageRegistry;
import dev.slipway.delivery.ImageRegistry.Readiness;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.NoCluster;
import dev.slipway.delivery.NoMachines;
import dev.slipway.delivery.Outcome;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Planner;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.RunContext;
import dev.slipway.delivery.SampleInputs;
import dev.slipway.delivery.Targets;
import dev.slipway.delivery.Ticker;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Tag;
import dev.slipway.runner.report.BroadcastProgress;
import dev.slipway.sandbox.FakePullRequest;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whole deliveries through the adapter, one and many at the same time.
class CommitRaceTest {
  private static final int RUNS = 50;
  private static final String FILE = "apps/all.yaml";
  private static final RepositoryName SHOP = RepositoryName.parse("acme/shop");
  private static final CommitSha COMMIT = new CommitSha("a".repeat(40));

  private final GitOpsWorld world = new GitOpsWorld();

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aDeliverySpendsThreeRequestsAndOneWrite() {
    world.repository.file(FILE, keys("old"));

    assertThat(deliver(byCommit(0))).isEqualTo(Outcome.DEPLOYED);

    assertThat(world.gitHub.requests())
        .map(RecordedRequest::toString)
        .filteredOn(request -> !request.contains("/git/blobs/"))
        .containsExactly("query BaseBranch", "query DirectCommit", "mutation CommitOnBranch");
  }

  @Test
  void noneOfFiftyRunsOnOneFileIsLost() throws Exception {
    world.repository.file(FILE, keys("old"));

    List<Outcome> outcomes = deliverAtOnce(this::byCommit);

    assertThat(outcomes).hasSize(RUNS).containsOnly(Outcome.DEPLOYED);
    assertThat(world.repository.fileAt("main", FILE)).contains(keys("new"));
  }

  @Test
  void fiftyRunsThatWaitForChecksLeaveFiftyPullRequests() throws Exception {
    world.repository.file(FILE, keys("old")).rules().allowAutoMerge().requireCheck();

    List<Outcome> outcomes = deliverAtOnce(this::byPullRequest);

    assertThat(outcomes).hasSize(RUNS).containsOnly(Outcome.PENDING);
    assertThat(world.repository.pullRequests()).hasSize(RUNS);
    for (int app = 0; app < RUNS; app++) {
      assertThat(world.repository.fileAt("deploy-app" + app, FILE))
          .contains(
              keys("old").replace("app%d: old\n".formatted(app), "app%d: new\n".formatted(app)));
    }
    assertThat(world.repository.pullRequests())
        .allSatisfy(open -> assertThat(open.autoMerge()).contains("SQUASH"));
  }

  @Test
  void noneOfFiftyPullRequestsThatMergeAtOnceIsLost() throws Exception {
    world.repository.file(FILE, keys("old"));

    List<Outcome> outcomes = deliverAtOnce(this::byPullRequest);

    assertThat(outcomes).hasSize(RUNS).containsOnly(Outcome.DEPLOYED);
    assertThat(world.repository.fileAt("main", FILE)).contains(keys("new"));
    assertThat(world.repository.pullRequests())
        .extracting(FakePullRequest::state)
        .doesNotContain(FakePullRequest.State.OPEN);
  }

  private List<Outcome> deliverAtOnce(IntFunction<Inputs> way) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Outcome>> runs =
          IntStream.range(0, RUNS)
              .<Callable<Outcome>>mapToObj(run -> () -> deliver(way.apply(run)))
              .toList();
      for (Future<Outcome> run : threads.invokeAll(runs)) {
        outcomes.add(run.get());
      }
    }
    return outcomes;
  }

  private static String keys(String value) {
    return IntStream.range(0, RUNS)
        .mapToObj(key -> "app%d: %s\n".formatted(key, value))
        .collect(Collectors.joining());
  }

  /// One run with an adapter of its own, as in a job of its own.
  private Outcome deliver(Inputs inputs) {
    GitOpsPorts ports =
        new GitOpsPorts(
            world.adapter(GitOpsWorld.TOKEN),
            GitHubApi.at(world.gitHub.apiUrl(), Optional.empty(), Pace.of(Ticker.system()))
                .gitOpsHistory(RepositoryName.parse(GitOpsWorld.NAME)),
            (_, _) -> {
              throw new AssertionError("every run delivers the same commit");
            },
            Optional.empty());
    Targets targets = new Targets(ports, new NoCluster(), new NoMachines());
    Planner planner =
        new Planner(
            GitHubApi.at(world.gitHub.apiUrl(), Optional.empty(), Pace.of(Ticker.system()))
                .applicationRepository(SHOP),
            source -> {
              throw new AssertionError("nothing is pushed: " + source);
            },
            new NoRegistry(),
            targets);
    return new Delivery(planner, new NoRegistry(), targets, new BroadcastProgress())
        .run(inputs, run())
        .outcome();
  }

  private static final class NoRegistry implements ImageRegistry {
    @Override
    public ImageName name(String repository) {
      throw new AssertionError("no repository is given");
    }

    @Override
    public Readiness check(ImageName name) {
      throw new AssertionError("no repository is given");
    }

    @Override
    public Optional<Digest> find(ImageName name, Tag tag) {
      throw new AssertionError("no repository is given");
    }

    @Override
    public Pushed push(ImageSource source, ImageName name, List<Tag> tags) {
      throw new AssertionError("nothing is pushed");
    }
  }

  private Inputs byCommit(int app) {
    return inputs(app).byCommit().build();
  }

  private Inputs byPullRequest(int app) {
    return inputs(app).from("deploy-app" + app).build();
  }

  private static SampleInputs inputs(int app) {
    return SampleInputs.ofTag("new")
        .in(RepositoryName.parse(GitOpsWorld.NAME))
        .update(FILE, "app" + app, "{tag}");
  }

  private RunContext run() {
    return new RunContext(
        SHOP,
        COMMIT,
        "main",
        Optional.empty(),
        "push",
        false,
        "octocat",
        "17",
        "4",
        world.gitHub.apiUrl(),
        URI.create("https://github.com/acme/shop/actions/runs/17"));
  }
}
