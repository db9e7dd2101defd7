package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.version.CommitSha;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
  private static final Provenance OLDER = delivery("1", "target");
  private static final Provenance OURS = delivery("2", "target");
  private static final Provenance NEWER = delivery("3", "target");

  private final List<CommitSha> asked = new ArrayList<>();
  private final Precedence precedence =
      new Precedence(
          OURS,
          (ancestor, commit) -> {
            asked.add(commit);
            return ancestor.value().compareTo(commit.value()) <= 0;
          });

  private static Provenance delivery(String digit, String target) {
    return new Provenance(
        RepositoryName.parse("acme/shop"), new CommitSha(digit.repeat(40)), target);
  }

  @Test
  void tellsNewerFromOlder() {
    assertThat(precedence.test(NEWER)).isTrue();
    assertThat(precedence.test(OLDER)).isFalse();
  }

  @Test
  void asksOncePerCommitAndNeverAboutItself() {
    precedence.test(NEWER);
    precedence.test(NEWER);
    precedence.test(OURS);

    assertThat(asked).containsExactly(NEWER.commit());
  }

  @Test
  void looksAtTheLastDeliveryOfEachFileOnly() {
    Map<String, List<Provenance>> deliveries =
        Map.of(
            "a.yaml", List.of(delivery("9", "another"), OLDER, NEWER),
            "b.yaml", List.of(OLDER));

    assertThat(precedence.newer(deliveries)).isEmpty();
    assertThat(asked).containsExactly(OLDER.commit());
  }

  @Test
  void findsTheNewerDeliveryOfAnyFile() {
    assertThat(precedence.newer(Map.of("a.yaml", List.of(OURS), "b.yaml", List.of(NEWER))))
        .contains(NEWER);
  }

  @Test
  void leavesOtherRepositoriesAlone() {
    Provenance theirs =
        new Provenance(RepositoryName.parse("acme/other"), NEWER.commit(), "target");

    assertThat(precedence.test(theirs)).isFalse();
    assertThat(asked).isEmpty();
  }
}
