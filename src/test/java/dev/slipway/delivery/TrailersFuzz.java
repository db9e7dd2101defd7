package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/// Looks for what Slipway wrote in any commit message and any note: it is not there, or reads the
/// same when Slipway writes it again.
public final class TrailersFuzz {
  private TrailersFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input a text that anybody may have written
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Provenance.of(text)
        .ifPresent(
            found -> assertThat(Provenance.of("Deploy\n\n" + found.trailers())).contains(found));
    RollbackTrailers.returnedTo(text)
        .ifPresent(commit -> assertThat(text).contains("Slipway-Returned-To: " + commit));
    EntryNote.taskDefinition(text)
        .ifPresent(arn -> assertThat(EntryNote.taskDefinition(EntryNote.runs(arn))).contains(arn));
  }
}
