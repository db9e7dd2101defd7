package dev.slipway.github;

import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.DeliveryRecord;
import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.delivery.DeploymentLedger;
import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.DeploymentLedger.Note;
import dev.slipway.delivery.DeploymentLedger.Standing;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeDeployment;
import dev.slipway.sandbox.FakeDeployment.Status;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.values.KeyPath;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The deployments of the application repository on GitHub.
class DeploymentsTest {
  private static final String TARGET = "gitops acme/gitops";
  private static final URI RUN = URI.create("https://github.com/acme/shop/actions/runs/77");
  private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");

  private final FakeGitHub gitHub = FakeGitHub.start();
  private final FakeRepository repository = gitHub.repository("acme/shop");
  private final String commit = repository.commit("main", "feat: start", "one.txt", "1");
  private final DeploymentLedger ledger = with(Grant.WRITE);

  private DeploymentLedger with(Grant grant) {
    gitHub.grant("ghs_app", "acme/shop", grant);
    return new GitHubApi(
            gitHub.apiUrl(), Optional.of(new Secret("ghs_app")), Patience.USUAL, new StoppedClock())
        .applicationRepository(RepositoryName.parse("acme/shop"))
        .ledger();
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  @Test
  void readsBackWhatItNoted() {
    DeliveryRecord record =
        new DeliveryRecord(
            new CommitSha(commit),
            Optional.of("1.2.3"),
            List.of(
                new Image(
                    Optional.of("api"),
                    Optional.of(new ImageName("ghcr.io", "acme/shop")),
                    List.of(new Tag("1.2.3"), new Tag("latest")),
                    Optional.of(new Digest("sha256:" + "a".repeat(64)))),
                image("1.2.3")),
            List.of(
                new Value("apps/values.yaml", KeyPath.parse("image.\"a.b/c\""), "1.2.3\n\"ü\" ")),
            Optional.of("arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7"));

    String id = ledger.begin(new Note("staging", TARGET, record, "77", RUN, true));

    assertThat(ledger.entries("staging", TARGET))
        .containsExactly(new Entry(id, record, "77", true, Standing.UNDER_WAY, ""));
    assertThat(requests())
        .containsExactly(
            "POST /repos/acme/shop/deployments",
            "mutation AddDeploymentStatus",
            "query Deployments");
  }

  @Test
  void saysToPeopleWhatHappens() {
    String id = ledger.begin(note("1.2.3"));
    ledger.settle(id, Standing.BAD, "It broke.\n" + "x".repeat(200));

    FakeDeployment made = repository.deployments().getFirst();
    assertThat(made.description()).isEqualTo("Deploy 1.2.3");
    assertThat(made.task()).isEqualTo("deploy");
    assertThat(made.statuses())
        .extracting(Status::state, Status::logUrl)
        .containsExactly(tuple("IN_PROGRESS", RUN.toString()), tuple("FAILURE", RUN.toString()));
    assertThat(made.statuses().getLast().description())
        .hasSize(140)
        .startsWith("It broke. xx")
        .endsWith("x...");
  }

  @Test
  void settlesWithOneRequest() {
    String id = ledger.begin(note("1.2.3"));
    gitHub.forgetRequests();

    ledger.settle(id, Standing.GOOD, "All tasks run it");

    assertThat(requests()).containsExactly("mutation AddDeploymentStatus");
  }

  @ParameterizedTest
  @CsvSource({"UNDER_WAY", "PENDING", "GOOD", "BAD"})
  void readsBackHowItEnded(Standing standing) {
    ledger.settle(ledger.begin(note("1.2.3")), standing, "Why");

    assertThat(ledger.entries("staging", TARGET))
        .extracting(Entry::standing, Entry::note)
        .containsExactly(tuple(standing, "Why"));
  }

  @Test
  void aGoodDeliveryStaysGoodWhenTheNextOneIsGoodToo() {
    ledger.settle(ledger.begin(note("1.2.2")), Standing.GOOD, "Runs");

    ledger.settle(ledger.begin(note("1.2.3")), Standing.GOOD, "Runs");

    assertThat(repository.deployments().getFirst().statuses().getLast().state())
        .isEqualTo("INACTIVE");
    assertThat(ledger.entries("staging", TARGET))
        .extracting(entry -> entry.record().label() + " " + entry.standing())
        .containsExactly("1.2.3 GOOD", "1.2.2 GOOD");
  }

  @Test
  void whatWasGivenUpIsBadAlthoughItWasGood() {
    String id = ledger.begin(note("1.2.2"));
    ledger.settle(id, Standing.GOOD, "Runs");
    ledger.settle(ledger.begin(note("1.2.3")), Standing.GOOD, "Runs");

    ledger.settle(id, Standing.BAD, "Rolled back");

    assertThat(ledger.entries("staging", TARGET).getLast().standing()).isEqualTo(Standing.BAD);
  }

  @Test
  void ofTwoStatusesInOneSecondTheOneThatSaysMoreCounts() {
    String id = ledger.begin(note("1.2.3"));
    List.of("FAILURE", "SUCCESS", "IN_PROGRESS")
        .forEach(state -> repository.deployments().getFirst().add(new Status(state, "", "", NOON)));

    assertThat(ledger.entries("staging", TARGET))
        .containsExactly(new Entry(id, note("1.2.3").record(), "77", false, Standing.BAD, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, BAD",
    "PENDING, PENDING",
    "QUEUED, PENDING",
    "WAITING, UNDER_WAY",
  })
  void knowsTheStatesOfOtherPrograms(String state, Standing standing) {
    ledger.begin(note("1.2.3"));
    repository.deployments().getFirst().add(new Status(state, "", "", NOON));

    assertThat(ledger.entries("staging", TARGET).getFirst().standing()).isEqualTo(standing);
  }

  @Test
  void keepsEnvironmentsAndTargetsApart() {
    ledger.begin(note("1.2.3"));

    assertThat(ledger.entries("production", TARGET)).isEmpty();
    assertThat(ledger.entries("staging", "ecs prod/shop")).isEmpty();
  }

  @Test
  void looksAtTheNewestHundred() {
    IntStream.range(0, 103).forEach(number -> deploy(payload().put("run", "run " + number)));

    assertThat(ledger.entries("staging", TARGET))
        .hasSize(100)
        .extracting(Entry::runId)
        .startsWith("run 102")
        .endsWith("run 3");
  }

  @Test
  void readsAPayloadThatIsAnObjectToo() {
    deploy(payload());

    assertThat(ledger.entries("staging", TARGET))
        .extracting(entry -> entry.record().label())
        .containsExactly("1.2.3");
  }

  @Test
  void ignoresWhatOtherProgramsDeployed() {
    repository.deploy(commit, Transport.JSON.createObjectNode().put("environment", "staging"));
    deploy(Transport.JSON.createObjectNode().put("target", TARGET));
    List.of("", "deploy it", "{", "[]", "7", "null", "\"{\"")
        .forEach(text ->
            repository.deploy(
                commit,
                Transport.JSON
                    .createObjectNode()
                    .put("environment", "staging")
                    .put("payload", text)));

    assertThat(ledger.entries("staging", TARGET)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'slipway':2}",
        "{'slipway':'1'}",
        "{'run':7}",
        "{'run':''}",
        "{'target':null}",
        "{'version':'1\\n::error::x'}",
        "{'version':null}",
        "{'task-definition':'shop:7'}",
        "{'images':[{}]}",
        "{'images':[{'tags':[]}]}",
        "{'images':[{'tags':['not a tag']}]}",
        "{'images':[{'tags':['1'],'digest':'md5:1'}]}",
        "{'images':[{'tags':['1'],'repository':'acme/shop'}]}",
        "{'images':[{'tags':['1'],'registry':'ghcr.io','repository':'../x'}]}",
        "{'images':['shop']}",
        "{'values':[{'file':'a.yaml','key':'tag','text':7}]}",
        "{'values':[{'file':'a.yaml','key':'tag[','text':'1'}]}",
        "{'values':[{'file':'/etc/passwd','key':'tag','text':'1'}]}",
        "{'values':[{'file':'apps/../../a.yaml','key':'tag','text':'1'}]}",
        "{'values':[{'file':'','key':'tag','text':'1'}]}",
      })
  void ignoresAPayloadThatOnlyLooksLikeOurs(String wrong) throws Exception {
    ObjectNode payload = payload();
    payload.setAll((ObjectNode) Transport.JSON.readTree(wrong.replace('\'', '"')));
    deploy(payload);

    assertThat(ledger.entries("staging", TARGET)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> oneFaultDoesNotMakeTwoDeployments() {
    return Stream.of(
            "POST /repos/acme/shop/deployments",
            "mutation AddDeploymentStatus",
            "query Deployments")
        .flatMap(request ->
            FaultMatrixTest.PASSING.entrySet().stream()
                .map(fault ->
                    DynamicTest.dynamicTest(
                        request + " " + fault.getKey(),
                        () -> survives(request, fault.getValue()))));
  }

  private static void survives(String request, Fault fault) {
    DeploymentsTest world = new DeploymentsTest();
    try {
      world.gitHub.fault(request, fault);

      String id = world.ledger.begin(world.note("1.2.3"));
      world.ledger.settle(id, Standing.GOOD, "Runs");

      assertThat(world.ledger.entries("staging", TARGET))
          .extracting(Entry::id, Entry::standing)
          .containsExactly(tuple(id, Standing.GOOD));
    } finally {
      world.stop();
    }
  }

  @Test
  void aDeploymentWhoseAnswerWasLostIsNotMadeTwice() {
    gitHub.fault("POST /repos/acme/shop/deployments", new Fault.AnswerLost());

    String id = ledger.begin(note("1.2.3"));

    assertThat(repository.deployments()).hasSize(1);
    assertThat(ledger.entries("staging", TARGET)).extracting(Entry::id).containsExactly(id);
  }

  @Test
  void anEarlierDeploymentOfTheSameRunIsNotTakenForTheLostOne() {
    String first = ledger.begin(note("1.2.3"));
    gitHub.fault("POST /repos/acme/shop/deployments", new Fault.Broken());

    String second = ledger.begin(note("1.2.3"));

    assertThat(second).isNotEqualTo(first);
    assertThat(repository.deployments()).hasSize(2);
  }

  @Test
  void aStatusWhoseAnswerWasLostIsSaidAgain() {
    String id = ledger.begin(note("1.2.3"));
    gitHub.fault("mutation AddDeploymentStatus", new Fault.AnswerLost());

    ledger.settle(id, Standing.GOOD, "Runs");

    assertThat(ledger.entries("staging", TARGET).getFirst().standing()).isEqualTo(Standing.GOOD);
  }

  @Test
  void neitherMergesNorWaitsForChecks() {
    repository.commit("main", "feat: newer", "one.txt", "2");
    repository.rules().requireCheck();

    ledger.begin(note("1.2.3"));

    assertThat(repository.deployments()).extracting(FakeDeployment::commit).containsExactly(commit);
  }

  @Test
  void saysWhichPermissionIsMissing() {
    Problem problem = problemOf(() -> with(Grant.CONTENTS).begin(note("1.2.3")));

    assertThat(problem.what()).isEqualTo("GitHub refused to let us note a deployment in acme/shop");
    assertThat(problem.fix())
        .contains("`deployments=write`", "permissions:", "`deployment-environment`");
  }

  @Test
  void aRepositoryThatIsHiddenIsAMissingPermissionToo() {
    Problem problem = problemOf(() -> with(Grant.NONE).begin(note("1.2.3")));

    assertThat(problem.fix()).contains("`deployments=write`", "`deployment-environment`");
  }

  @Test
  void saysThatDeploymentsCannotBeRead() {
    gitHub.fault(
        "query Deployments",
        Fault.graphQlError("FORBIDDEN", "Resource not accessible by integration"));

    Problem problem = problemOf(() -> ledger.entries("staging", TARGET));

    assertThat(problem.what())
        .isEqualTo("GitHub refused to let us read the deployments of acme/shop");
    assertThat(problem.fix()).contains("`deployments=read`", "`deployment-environment`");
  }

  @Test
  void saysWhatGitHubHasAgainstTheDeployment() {
    gitHub.fault(
        "POST /repos/acme/shop/deployments",
        new Fault.Instead(
            409, Map.of(), "{\"message\":\"Conflict merging main into topic-branch.\"}"));

    Problem problem = problemOf(() -> ledger.begin(note("1.2.3")));

    assertThat(problem.why()).contains("409", "Conflict merging main into topic-branch.");
  }

  @Test
  void saysThatGitHubDoesNotKnowTheCommit() {
    DeliveryRecord unpushed =
        new DeliveryRecord(
            new CommitSha("e".repeat(40)),
            Optional.empty(),
            List.of(image("1")),
            List.of(),
            Optional.empty());

    Problem problem =
        problemOf(() -> ledger.begin(new Note("staging", TARGET, unpushed, "77", RUN, false)));

    assertThat(problem.why()).contains("422", "No ref found");
  }

  @Test
  void anAnswerWithoutADeploymentIsNoDeployment() {
    gitHub.fault(
        "POST /repos/acme/shop/deployments",
        new Fault.Instead(202, Map.of(), "{\"message\":\"Auto-merged main into topic.\"}"));

    assertThat(problemOf(() -> ledger.begin(note("1.2.3"))).what())
        .isEqualTo("GitHub's answer cannot be read");
  }

  @Test
  void saysThatThereIsTooMuchToNote() {
    List<Value> values =
        IntStream.range(0, 2_000)
            .mapToObj(number ->
                new Value("apps/%d/values.yaml".formatted(number), KeyPath.parse("tag"), "1.2.3"))
            .toList();
    DeliveryRecord record =
        new DeliveryRecord(
            new CommitSha(commit), Optional.empty(), List.of(), values, Optional.empty());

    Problem problem =
        problemOf(() -> ledger.begin(new Note("staging", TARGET, record, "77", RUN, false)));

    assertThat(problem.why()).contains("65535");
    assertThat(gitHub.requests()).isEmpty();
  }

  private void deploy(ObjectNode payload) {
    ObjectNode request = Transport.JSON.createObjectNode().put("environment", "staging");
    request.set("payload", payload);
    repository.deploy(commit, request);
  }

  /// The smallest that is read.
  private static ObjectNode payload() {
    return Transport.JSON
        .createObjectNode()
        .put("slipway", 1)
        .put("key", "1")
        .put("target", TARGET)
        .put("run", "77")
        .put("version", "1.2.3");
  }

  private Note note(String version) {
    return new Note(
        "staging",
        TARGET,
        new DeliveryRecord(
            new CommitSha(commit),
            Optional.of(version),
            List.of(image(version)),
            List.of(),
            Optional.empty()),
        "77",
        RUN,
        false);
  }

  private static Image image(String tag) {
    return new Image(Optional.empty(), Optional.empty(), List.of(new Tag(tag)), Optional.empty());
  }

  private List<String> requests() {
    return gitHub.requests().stream().map(RecordedRequest::toString).toList();
  }
}
