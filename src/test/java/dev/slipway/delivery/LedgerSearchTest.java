package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.DeploymentLedger.Entry;
import dev.slipway.delivery.DeploymentLedger.Standing;
import dev.slipway.image.Digest;
import dev.slipway.image.Tag;
import dev.slipway.values.KeyPath;
import dev.slipway.version.CommitSha;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the ledger gives as the previous good delivery.
class LedgerSearchTest {
  private final List<Entry> entries = new ArrayList<>();

  @Test
  void knowsNothingWithoutEntries() {
    assertThat(search().previous()).isEmpty();
    assertThat(search().named("1.0.0")).isEmpty();
  }

  @Test
  void returnsToTheOneThatWentWellAndNotToTheOneBefore() {
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.BAD);
    deployed("1.2.0", Standing.UNDER_WAY);
    deployed("1.3.0", Standing.BAD);

    WayBack way = search().previous().orElseThrow();

    assertThat(way.to().label()).isEqualTo("1.0.0");
    assertThat(way.from()).contains("1.3.0");
    assertThat(way.why()).isEqualTo("it is the newest delivery before 1.3.0 that went well");
  }

  @Test
  void aSecondRollbackGoesFurtherBackAndNeverForward() {
    deployed("0.9.0", Standing.GOOD);
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.GOOD);
    rolledBack("1.0.0", "2", Standing.GOOD);

    assertThat(search().previous().orElseThrow().to().label()).isEqualTo("0.9.0");
  }

  @Test
  void afterANewDeliveryItReturnsToWhatRanBeforeThat() {
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.BAD);
    rolledBack("1.0.0", "2", Standing.GOOD);
    deployed("1.2.0", Standing.GOOD);

    assertThat(search().previous().orElseThrow().to().label()).isEqualTo("1.0.0");
  }

  @Test
  void aRollbackThatFailedChangesNothingAboutWhereTo() {
    deployed("0.9.0", Standing.GOOD);
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.BAD);
    rolledBack("1.0.0", "2", Standing.BAD);

    WayBack way = search().previous().orElseThrow();

    assertThat(way.to().label()).isEqualTo("1.0.0");
    assertThat(way.from()).contains("1.1.0");
  }

  @Test
  void anotherAttemptOfTheSameRunGoesOnWithItsChoice() {
    deployed("0.9.0", Standing.GOOD);
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.GOOD);
    rolledBack("1.0.0", "17", Standing.UNDER_WAY);

    WayBack way = search().previous().orElseThrow();

    assertThat(way.to().label()).isEqualTo("1.0.0");
    assertThat(way.why()).contains("an earlier attempt of this run");
    assertThat(way.left()).containsExactly("1.1.0");
  }

  @Test
  void namesWhatCouldBeReturnedToInItsPlace() {
    deployed("0.9.0", Standing.GOOD);
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.BAD);

    assertThat(search().previous().orElseThrow().further().get()).contains("0.9.0");
  }

  @Test
  void aDeliveryThatNobodyWaitedForIsGoodEnoughAndSaysSo() {
    deployed("1.0.0", Standing.PENDING);
    deployed("1.1.0", Standing.PENDING);

    WayBack way = search().previous().orElseThrow();

    assertThat(way.to().label()).isEqualTo("1.0.0");
    assertThat(way.why()).contains("nobody waited to see");
  }

  @Test
  void onlyDeliveredValuesMayBeReplaced() {
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.BAD);

    WayBack way = search().previous().orElseThrow();

    assertThat(way.replaceable(way.to().values().getFirst()))
        .hasValueSatisfying(
            values -> assertThat(values).containsExactlyInAnyOrder("1.0.0", "1.1.0"));
  }

  @Test
  void whatIsNamedMayReplaceAnything() {
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.GOOD);
    deployed("1.2.0", Standing.GOOD);

    WayBack way = search().named("v1.0.0").orElseThrow();

    assertThat(way.to().label()).isEqualTo("1.0.0");
    assertThat(way.replaceable(way.to().values().getFirst())).isEmpty();
    assertThat(way.left()).containsExactly("1.2.0", "1.1.0");
  }

  @Test
  void aNameMeansTheDeliveryThatWentWell() {
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.GOOD);
    deployed("1.0.0", Standing.BAD);

    assertThat(search().named("1.0.0").orElseThrow().left()).containsExactly("1.1.0");
  }

  @Test
  void aCommitNamesItsDelivery() {
    deployed("1.0.0", Standing.GOOD);
    deployed("1.1.0", Standing.GOOD);

    assertThat(search().named("1000000").orElseThrow().to().label()).isEqualTo("1.0.0");
    assertThat(search().named("100000")).isEmpty();
  }

  @Test
  void aTaskDefinitionOfItsOwnMakesAnotherDeliveryOfTheSameImage() {
    entries.add(service("shop:1", Standing.GOOD));
    entries.addFirst(service("shop:2", Standing.GOOD));

    assertThat(search().previous().orElseThrow().to().taskDefinition())
        .contains("arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:1");
  }

  @Test
  void aSentenceThatWasCutOffNamesNoTaskDefinition() {
    String whole = EntryNote.runs("arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:123");

    assertThat(EntryNote.taskDefinition(whole + "; Run Command 1")).isPresent();
    assertThat(EntryNote.taskDefinition("Commit 0a1b2c3 on main; " + whole)).isPresent();
    assertThat(EntryNote.taskDefinition(whole.substring(0, whole.length() - 2) + "...")).isEmpty();
  }

  private static Entry service(String definition, Standing standing) {
    return new Entry(
        definition,
        record("1.0.0", List.of()),
        "1",
        false,
        standing,
        EntryNote.runs("arn:aws:ecs:eu-west-1:123456789012:task-definition/" + definition));
  }

  private void deployed(String version, Standing standing) {
    entries.addFirst(
        new Entry(version, record(version, values(version)), "1", false, standing, ""));
  }

  private void rolledBack(String version, String runId, Standing standing) {
    entries.addFirst(
        new Entry(
            "back to " + version, record(version, values(version)), runId, true, standing, ""));
  }

  private static List<DeliveryRecord.Value> values(String version) {
    return List.of(new DeliveryRecord.Value("values.yaml", KeyPath.parse("image.tag"), version));
  }

  private static DeliveryRecord record(String version, List<DeliveryRecord.Value> values) {
    String digits = version.replace(".", "");
    return new DeliveryRecord(
        new CommitSha(digits + "0".repeat(40 - digits.length())),
        Optional.of(version),
        List.of(
            new DeliveryRecord.Image(
                Optional.empty(),
                Optional.empty(),
                List.of(new Tag(version)),
                Optional.of(new Digest("sha256:" + digits + "0".repeat(64 - digits.length()))))),
        values,
        Optional.empty());
  }

  private LedgerSearch search() {
    return new LedgerSearch(entries, "17");
  }
}
