package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.FileChange;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Tests that a diff reads as `diff -u` writes it.
class UnifiedDiffTest {
  @Test
  void showsAChangedLineWithItsSurroundings() {
    assertThat(diff("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nE\nf\ng\nh\n"))
        .containsExactly(
            "--- a/file",
            "+++ b/file",
            "@@ -2,7 +2,7 @@",
            " b",
            " c",
            " d",
            "-e",
            "+E",
            " f",
            " g",
            " h");
  }

  @Test
  void showsANewFile() {
    assertThat(UnifiedDiff.of(change(Optional.empty(), FileContent.of("a\nb\n"))))
        .containsExactly("--- /dev/null", "+++ b/file", "@@ -0,0 +1,2 @@", "+a", "+b");
  }

  @Test
  void showsThatTheLastLineHasNoEnd() {
    assertThat(diff("a: 1", "a: 2"))
        .containsExactly(
            "--- a/file",
            "+++ b/file",
            "@@ -1,1 +1,1 @@",
            "-a: 1",
            "\\ No newline at end of file",
            "+a: 2",
            "\\ No newline at end of file");
  }

  @Test
  void showsNoStandInForADigestThatIsNotKnownYet() {
    assertThat(diff("digest: old\n", "digest: %s\n".formatted(PlannedImage.NOT_YET_KNOWN)))
        .endsWith("-digest: old", "+digest: sha256:(known after the push)");
    assertThat(
            ChangeText.of(
                new FileChange.Scalar(
                    KeyPath.parse("digest"), "old", PlannedImage.NOT_YET_KNOWN.value())))
        .isEqualTo("digest: old -> sha256:(known after the push)");
  }

  @Test
  void showsNothingWhereNothingChanges() {
    assertThat(diff("a\n", "a\n")).isEmpty();
  }

  @Test
  void showsNoBytesThatAreNoText() {
    FileContent binary = FileContent.of(new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThat(UnifiedDiff.of(change(Optional.empty(), binary)))
        .containsExactly("Not text: 3 bytes.");
  }

  @Test
  void cutsWhatNobodyReads() {
    List<String> lines = diff("", "x".repeat(2000) + "\n" + "y\n".repeat(2000));

    assertThat(lines).hasSize(401).allMatch(line -> line.length() <= 501);
    assertThat(lines.getLast()).isEqualTo("… 1604 more lines");
  }

  private static List<String> diff(String before, String after) {
    return UnifiedDiff.of(change(Optional.of(FileContent.of(before)), FileContent.of(after)));
  }

  private static FileChange change(Optional<FileContent> before, FileContent after) {
    return new FileChange("file", before, after, List.of());
  }
}
