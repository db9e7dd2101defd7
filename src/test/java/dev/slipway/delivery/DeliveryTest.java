package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.delivery.GitOpsRepository.Merge;
import dev.slipway.delivery.GitOpsRepository.Operation;
import dev.slipway.image.ImageSource;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.template.Template;
import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final CommitSha HEAD = new CommitSha("a1b2c3d" + "0".repeat(33));
  private static final String FILE = "apps/shop/values.yaml";

  private final World world = new World(HEAD);
  private final Delivery delivery =
      new Delivery(
          new Planner(world.history, world.archives, world.registry, world.gitOps),
          world.registry,
          world.gitOps,
          world.progress);

  @Test
  void pushesThenProposesExactlyTheChange() {
    world.file(FILE, "image:\n  tag: 1.2.2 # ours\n");

    Report report = delivery.run(inputs("{version}", update("image.tag", "{tag}")), run());

    assertThat(world.events)
        .containsExactly(
            "planned",
            "pushing",
            "push 1.2.3-a1b2c3d",
            "pushed",
            "propose",
            "arm",
            "rolled out",
            "finished");
    assertThat(world.proposals.getFirst().changes())
        .singleElement()
        .satisfies(change ->
            assertThat(change.after().text()).contains("image:\n  tag: 1.2.3-a1b2c3d # ours\n"));
    assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(report.changed()).isTrue();
  }

  @Test
  void aDryRunEndsWithThePlan() {
    world.file(FILE, "image:\n  tag: 1.2.2\n");

    Report report = delivery.run(dryRun(inputs("{version}", update("image.tag", "{tag}"))), run());

    assertThat(world.events).containsExactly("planned", "finished");
    assertThat(report.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(report.plan().gitOps().orElseThrow().changesAnything()).isTrue();
  }

  @Test
  void saysTheDigestThatThePushBroughtOut() {
    world.file(FILE, "image:\n  digest: none\n");
    world.digestBeforePush = Optional.empty();

    delivery.run(inputs("sha-{sha:7}", update("image.digest", "{digest}")), run());

    assertThat(world.proposals.getFirst().changes().getFirst().after().text())
        .contains("image:\n  digest: %s\n".formatted(World.DIGEST));
    assertThat(world.proposals.getFirst().commitMessage())
        .contains("Image-Digest: " + World.DIGEST)
        .contains("Slipway-Source: acme/shop@" + HEAD);
  }

  @Test
  void proposesNothingWhenTheBaseSaysItAlready() {
    world.file(FILE, "image:\n  tag: sha-a1b2c3d\n");
    world.pushChanges = false;

    Report report = delivery.run(inputs("sha-{sha:7}", update("image.tag", "{tag}")), run());

    assertThat(world.proposals).isEmpty();
    assertThat(report.rollout()).isEqualTo(new Rollout.AlreadyUpToDate("main"));
    assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(report.changed()).isFalse();
  }

  @Test
  void anOpenPullRequestThatSaysItAlreadyChangesNothing() {
    world.file(FILE, "image:\n  tag: old\n");
    world.pushChanges = false;
    world.operation = Operation.NONE;

    Report report = delivery.run(inputs("sha-{sha:7}", update("image.tag", "{tag}")), run());

    assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(report.changed()).isFalse();
  }

  @Test
  void aPullRequestMergedAtOnceIsADeployment() {
    world.file(FILE, "image:\n  tag: old\n");
    world.merge = new Merge.Merged(HEAD);

    Report report = delivery.run(inputs("sha-{sha:7}", update("image.tag", "{tag}")), run());

    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void editsTheFileAsItIsAfterThePush() {
    world.file(FILE, "image:\n  tag: old\n");
    world.duringPush = () -> world.file(FILE, "image:\n  tag: old\nreplicas: 3\n");

    delivery.run(inputs("sha-{sha:7}", update("image.tag", "{tag}")), run());

    assertThat(world.proposals.getFirst().changes().getFirst().after().text())
        .contains("image:\n  tag: sha-a1b2c3d\nreplicas: 3\n");
  }

  @Test
  void commitsToTheBaseBranchWhereThatIsAsked() {
    world.file(FILE, "tag: old\n");

    Report report = delivery.run(byCommit(inputs("new", update("tag", "{tag}"))), run());

    assertThat(world.events)
        .containsExactly(
            "planned",
            "pushing",
            "push new",
            "pushed",
            "commit tag: new",
            "rolled out",
            "finished");
    assertThat(world.messages.getFirst()).contains("\nSlipway-Source: acme/shop@" + HEAD);
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
    assertThat(report.changed()).isTrue();
    assertThat(report.plan().gitOps().orElseThrow().headBranch()).isEmpty();
  }

  @Test
  void makesTheCommitAnewOnWhatAFasterRunWrote() {
    world.file(FILE, "tag: old\n");
    world.racesToLose = 1;
    world.duringRace = () -> world.file(FILE, "tag: old\nother: theirs\n");

    Report report = delivery.run(byCommit(inputs("new", update("tag", "{tag}"))), run());

    assertThat(world.events).contains("commit tag: new", "commit tag: new\nother: theirs");
    assertThat(report.outcome()).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void isDoneWhenAFasterRunWroteTheSame() {
    world.file(FILE, "tag: old\n");
    world.pushChanges = false;
    world.racesToLose = 1;
    world.duringRace = () -> world.file(FILE, "tag: new\n");

    Report report = delivery.run(byCommit(inputs("new", update("tag", "{tag}"))), run());

    assertThat(world.events).containsOnlyOnce("commit tag: new");
    assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void doesNotRaceForEver() {
    world.file(FILE, "tag: old\n");
    world.racesToLose = Integer.MAX_VALUE;

    assertThatThrownBy(() -> delivery.run(byCommit(inputs("new", update("tag", "{tag}"))), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("acme/gitops does not hold still");
  }

  @Test
  void reportsAllProblemsTogetherBeforeAnythingIsDone() {
    world.noTags();
    world.archiveProblem = Optional.of(new Problem("no archive", "why", "fix"));

    assertThatThrownBy(() ->
            delivery.run(
                inputs("{version}", update("image.tag", "{tag}"), update("a.b", "x")), run()))
        .asInstanceOf(type(ActionException.class))
        .extracting(ActionException::problems)
        .satisfies(problems -> assertThat(problems).hasSize(2));
    assertThat(world.events).isEmpty();
  }

  @Test
  void aMissingFileAndAMissingKeyAreRedBeforeThePush() {
    world.file(FILE, "image:\n  tag: old\n");

    assertThatThrownBy(() -> delivery.run(inputs("x", update("image.tagg", "{tag}")), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("image.tagg");
    assertThatThrownBy(() ->
            delivery.run(
                inputs("x", new ValueUpdate("no.yaml", KeyPath.parse("a"), Template.parse("b"))),
                run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("no.yaml does not exist");
    assertThat(world.events).isEmpty();
  }

  @Test
  void aTagThatNoRegistryTakesIsRedBeforeThePush() {
    assertThatThrownBy(() -> delivery.run(inputs("{sha}{sha}{sha}{sha}"), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("160 characters");
    assertThat(world.events).isEmpty();
  }

  @Test
  void foreignCodeIsPlannedButNeverDelivered() {
    world.file(FILE, "image:\n  tag: old\n");
    Inputs inputs = inputs("sha-{sha:7}", update("image.tag", "{tag}"));

    assertThatThrownBy(() -> delivery.run(inputs, foreignRun()))
        .isInstanceOf(ActionException.class);
    assertThat(world.events).isEmpty();

    Report report = delivery.run(dryRun(inputs), foreignRun());

    assertThat(report.outcome()).isEqualTo(Outcome.PLANNED);
  }

  @Test
  void createsBootstrapFilesOnlyWhereTheyAreAbsent() {
    world.file(FILE, "image:\n  tag: old\n");
    world.file("apps/shop/there.yaml", "mine: true\n");
    Inputs plain = inputs("sha-{sha:7}", update("image.tag", "{tag}"));
    Inputs inputs =
        withBootstrap(
            plain,
            Map.of(
                "apps/shop/there.yaml", FileContent.of("theirs"),
                "apps/shop/new.yaml", FileContent.of("new")));

    delivery.run(inputs, run());

    assertThat(world.proposals.getFirst().changes())
        .extracting(FileChange::path)
        .containsExactly(FILE, "apps/shop/new.yaml");
  }

  @Test
  void theBranchIsTheSameForEveryCommitAndAnotherForOtherFilesAndKeys() {
    world.file(FILE, "image:\n  tag: old\nsidecar:\n  tag: old\n");
    world.file("b.yaml", "image:\n  tag: old\n");

    delivery.run(inputs("one", update("image.tag", "{tag}")), run());
    delivery.run(inputs("two", update("image.tag", "{tag}")), run());
    delivery.run(inputs("two", update("sidecar.tag", "{tag}")), run());
    delivery.run(
        inputs("two", new ValueUpdate("b.yaml", KeyPath.parse("image.tag"), Template.parse("x"))),
        run());

    List<String> branches =
        world.proposals.stream().map(GitOpsRepository.Proposal::headBranch).toList();
    assertThat(branches.get(0)).startsWith("slipway/shop-").isEqualTo(branches.get(1));
    assertThat(branches.stream().distinct()).hasSize(3);
  }

  @Test
  void aDryRunSaysWhichRightIsMissing() {
    world.file(FILE, "image:\n  tag: old\n");
    world.obstacles = List.of(new Problem("The token may only read", "why", "fix"));
    Inputs inputs = inputs("sha-{sha:7}", update("image.tag", "{tag}"));

    assertThatThrownBy(() -> delivery.run(inputs, run())).hasMessageContaining("may only read");
    assertThat(world.events).isEmpty();

    delivery.run(dryRun(inputs), run());

    assertThat(world.events)
        .containsExactly("planned", "warning The token may only read: why", "finished");
  }

  @Test
  void theSameTagTwiceIsOneTag() {
    Inputs inputs = inputs("latest");
    Inputs twice =
        new Inputs(
            new Inputs.Tags(
                Template.parse("{branch}"),
                List.of(Template.parse("feature-x"), Template.parse("latest")),
                "v",
                Optional.empty()),
            inputs.repository(),
            inputs.push(),
            inputs.givenDigest(),
            inputs.gitOps(),
            inputs.access(),
            false);

    delivery.run(twice, run());

    assertThat(world.events).contains("push feature-x latest");
  }

  private static ValueUpdate update(String key, String value) {
    return new ValueUpdate(FILE, KeyPath.parse(key), Template.parse(value));
  }

  private static Inputs inputs(String tag, ValueUpdate... updates) {
    Inputs.Message message =
        new Inputs.Message(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(MergeMethod.SQUASH));
    Optional<Inputs.GitOps> gitOps =
        Stream.of(updates)
            .findAny()
            .map(_ ->
                new Inputs.GitOps(
                    RepositoryName.parse("acme/gitops"),
                    Optional.empty(),
                    GitOpsDelivery.PULL_REQUEST,
                    Arrays.asList(updates),
                    Map.of(),
                    message));
    return new Inputs(
        new Inputs.Tags(Template.parse(tag), List.of(), "v", Optional.empty()),
        Optional.of(new Inputs.Repository(new RegistryChoice.Ghcr(), "acme/shop")),
        Optional.of(
            new Inputs.Push(new ImageSource.Archive("image.tar", Path.of("/w/image.tar")), false)),
        Optional.empty(),
        gitOps,
        new Inputs.Access(
            Optional.empty(),
            Optional.empty(),
            URI.create("https://api.github.com"),
            Optional.empty(),
            new Inputs.Aws(Optional.empty(), Optional.empty(), Optional.empty())),
        false);
  }

  private static Inputs dryRun(Inputs inputs) {
    return new Inputs(
        inputs.tags(),
        inputs.repository(),
        inputs.push(),
        inputs.givenDigest(),
        inputs.gitOps(),
        inputs.access(),
        true);
  }

  private static Inputs byCommit(Inputs inputs) {
    return with(
        inputs,
        gitOps ->
            new Inputs.GitOps(
                gitOps.repository(),
                gitOps.branch(),
                GitOpsDelivery.COMMIT,
                gitOps.updates(),
                gitOps.bootstrap(),
                gitOps.message()));
  }

  private static Inputs with(Inputs inputs, UnaryOperator<Inputs.GitOps> change) {
    return new Inputs(
        inputs.tags(),
        inputs.repository(),
        inputs.push(),
        inputs.givenDigest(),
        inputs.gitOps().map(change),
        inputs.access(),
        inputs.dryRun());
  }

  private static Inputs withBootstrap(Inputs inputs, Map<String, FileContent> bootstrap) {
    return with(
        inputs,
        gitOps ->
            new Inputs.GitOps(
                gitOps.repository(),
                gitOps.branch(),
                gitOps.delivery(),
                gitOps.updates(),
                bootstrap,
                gitOps.message()));
  }

  private static RunContext run() {
    return run("push", false);
  }

  private static RunContext foreignRun() {
    return run("pull_request", true);
  }

  private static RunContext run(String event, boolean foreign) {
    return new RunContext(
        RepositoryName.parse("acme/shop"),
        HEAD,
        "feature/x",
        Optional.empty(),
        event,
        foreign,
        "octocat",
        "17",
        "4",
        URI.create("https://api.github.com"),
        URI.create("https://github.com/acme/shop/actions/runs/17"));
  }
}
