package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.version.CommitSha;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
  private static final Provenance OURS =
      new Provenance(RepositoryName.parse("acme/shop"), new CommitSha("a".repeat(40)), "1234abcd");

  @Test
  void readsWhatItWrote() {
    assertThat(Provenance.of("Deploy shop\n\n" + OURS.trailers())).contains(OURS);
  }

  @Test
  void readsASquashOfSeveralCommits() {
    String message = "Deploy shop (#7)\n\n* Deploy shop\n\n" + OURS.trailers() + "\n* Fix\n";

    assertThat(Provenance.of(message)).contains(OURS);
  }

  @Test
  void readsMessagesFromBeforeTargetsHadNames() {
    String message = "Deploy\n\nSlipway-Source: acme/shop@" + OURS.commit();

    assertThat(Provenance.of(message).orElseThrow().target()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Deploy by hand",
        "Slipway-Source: ",
        "Slipway-Source: acme/shop",
        "Slipway-Source: acme/shop@main",
        "Slipway-Source: shop@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void othersHaveNone(String message) {
    assertThat(Provenance.of(message)).isEmpty();
  }
}
