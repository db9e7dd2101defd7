package dev.slipway.github;

import static dev.slipway.github.LedgerWorld.RUN;
import static dev.slipway.github.LedgerWorld.TARGET;
import static dev.slipway.github.LedgerWorld.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.delivery.DeliveryRecord;
import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.delivery.DeliveryRecord.Value;
import dev.slipway.delivery.DeploymentLedger;
import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.DeploymentLedger.Note;
import dev.slipway.delivery.DeploymentLedger.Standing;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.sandbox.FakeDeployment;
import dev.slipway.sandbox.FakeDeployment.Status;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.sandbox.RecordedRequest;
import dev.slipway.values.KeyPath;
import dev.slipway.version.CommitSha;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The deployments of the application repository on GitHub.
class DeploymentsTest {
  private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");

  @AutoClose private final LedgerWorld world = new LedgerWorld();
  private final FakeGitHub gitHub = world.gitHub;
  private final FakeRepository repository = world.repository;
  private final DeploymentLedger ledger = world.ledger;

  @Test
  void readsBackWhatItNoted() {
    DeliveryRecord record =
        new DeliveryRecord(
            new CommitSha(world.commit),
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
    String id = ledger.begin(world.note("1.2.3"));
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
    String id = ledger.begin(world.note("1.2.3"));
    gitHub.forgetRequests();

    ledger.settle(id, Standing.GOOD, "All tasks run it");

    assertThat(requests()).containsExactly("mutation AddDeploymentStatus");
  }

  @ParameterizedTest
  @CsvSource({"UNDER_WAY", "PENDING", "GOOD", "BAD"})
  void readsBackHowItEnded(Standing standing) {
    ledger.settle(ledger.begin(world.note("1.2.3")), standing, "Why");

    assertThat(ledger.entries("staging", TARGET))
        .extracting(Entry::standing, Entry::note)
        .containsExactly(tuple(standing, "Why"));
  }

  @Test
  void aGoodDeliveryStaysGoodWhenTheNextOneIsGoodToo() {
    ledger.settle(ledger.begin(world.note("1.2.2")), Standing.GOOD, "Runs");

    ledger.settle(ledger.begin(world.note("1.2.3")), Standing.GOOD, "Runs");

    assertThat(repository.deployments().getFirst().statuses().getLast().state())
        .isEqualTo("INACTIVE");
    assertThat(ledger.entries("staging", TARGET))
        .extracting(entry -> entry.record().label() + " " + entry.standing())
        .containsExactly("1.2.3 GOOD", "1.2.2 GOOD");
  }

  @Test
  void whatWasGivenUpIsBadAlthoughItWasGood() {
    String id = ledger.begin(world.note("1.2.2"));
    ledger.settle(id, Standing.GOOD, "Runs");
    ledger.settle(ledger.begin(world.note("1.2.3")), Standing.GOOD, "Runs");

    ledger.settle(id, Standing.BAD, "Rolled back");

    assertThat(ledger.entries("staging", TARGET).getLast().standing()).isEqualTo(Standing.BAD);
  }

  @Test
  void ofTwoStatusesInOneSecondTheOneThatSaysMoreCounts() {
    String id = ledger.begin(world.note("1.2.3"));
    List.of("FAILURE", "SUCCESS", "IN_PROGRESS")
        .forEach(state -> repository.deployments().getFirst().add(new Status(state, "", "", NOON)));

    assertThat(ledger.entries("staging", TARGET))
        .containsExactly(
            new Entry(id, world.note("1.2.3").record(), "77", false, Standing.BAD, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, BAD",
    "PENDING, PENDING",
    "QUEUED, PENDING",
    "WAITING, UNDER_WAY",
  })
  void knowsTheStatesOfOtherPrograms(String state, Standing standing) {
    ledger.begin(world.note("1.2.3"));
    repository.deployments().getFirst().add(new Status(state, "", "", NOON));

    assertThat(ledger.entries("staging", TARGET).getFirst().standing()).isEqualTo(standing);
  }

  @Test
  void keepsEnvironmentsAndTargetsApart() {
    ledger.begin(world.note("1.2.3"));

    assertThat(ledger.entries("production", TARGET)).isEmpty();
    assertThat(ledger.entries("staging", "ecs prod/shop")).isEmpty();
  }

  @Test
  void findsItsOwnAmongThoseOfManyOthers() {
    ledger.begin(world.note("1.2.3"));
    deliverOther(250);
    gitHub.forgetRequests();

    assertThat(ledger.entries("staging", TARGET))
        .extracting(entry -> entry.record().label())
        .containsExactly("1.2.3");
    assertThat(requests()).hasSize(3);
  }

  @Test
  void looksNoFurtherThanItMust() {
    deliverOther(100);
    IntStream.range(0, 10).forEach(i -> ledger.begin(world.note("1.2." + i)));
    gitHub.forgetRequests();

    assertThat(ledger.entries("staging", TARGET)).hasSize(10);
    assertThat(requests()).hasSize(1);

    deliverOther(500);
    gitHub.forgetRequests();

    assertThat(ledger.entries("staging", TARGET)).isEmpty();
    assertThat(requests()).hasSize(5);
  }

  private void deliverOther(int times) {
    ObjectNode request =
        JsonNodeFactory.instance.objectNode().put("environment", "staging").put("task", "deploy");
    IntStream.range(0, times).forEach(_ -> repository.deploy(world.commit, request));
  }

  @Test
  void neitherMergesNorWaitsForChecks() {
    repository.commit("main", "feat: newer", "one.txt", "2");
    repository.rules().requireCheck();

    ledger.begin(world.note("1.2.3"));

    assertThat(repository.deployments())
        .extracting(FakeDeployment::commit)
        .containsExactly(world.commit);
  }

  private List<String> requests() {
    return gitHub.requests().stream().map(RecordedRequest::toString).toList();
  }
}
