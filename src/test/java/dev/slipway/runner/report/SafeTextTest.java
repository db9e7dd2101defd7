package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that text is harmless and still readable.
class SafeTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "::set-output name=digest::evil",
        "  ::error::x",
        "\t::add-mask::a",
        "\u00a0\u2003\u3000::set-output name=a::b",
        "\u2028::error::x",
        "\u0085::error::x",
        "\u000b\u000c::error::x",
        "\ufeff::error::x",
        "\u200b::error::x",
        "\u001b[31m::error::x",
        "text ##[set-output name=digest]evil",
        "####[error]x",
        "##[ERROR]x",
        "a\r::error::x",
        "a\r##[error]x",
        ":\u200d:error::x",
        "#\ufe0f#[error]x",
        "##\u00ad[error]x",
      })
  void takesTheForceOutOfACommand(String line) {
    String safe = SafeText.line(line);

    assertThat(RunnerCommandParser.commands(safe)).isEmpty();
    assertThat(RunnerCommandParser.commands(withoutWeightless(safe))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "tab\tstays",
        "Grüße, 안녕하세요, שלום",
        "🚢 ✅ 👨‍👩‍👧 ❤️ #️⃣ 1️⃣",
        "a :: b, std::vector, #[x], ##",
        "C:\\path\\file",
        "50 % done",
      })
  void keepsHarmlessText(String line) {
    assertThat(SafeText.line(line)).isEqualTo(line);
  }

  @Test
  void showsControlCharacters() {
    assertThat(SafeText.line("a\rb\u001b[2Jc\u0000d\u202ee\u2028f\u0009g"))
        .isEqualTo("a\\rb\\u001b[2Jc\\u0000d\\u202ee\\u2028f\tg");
  }

  @Test
  void dropsTheCarriageReturnOfAWindowsLine() {
    assertThat(SafeText.line("value\r")).isEqualTo("value");
  }

  @Test
  void showsCommandsRatherThanHidingThem() {
    assertThat(SafeText.line(" ::error::x ##[error]y")).isEqualTo(" \\::error::x ##\\[error]y");
  }

  @Test
  void noRandomTextIsACommand() {
    List<String> pieces =
        List.of(
            "::",
            ":",
            "#",
            "##[",
            "[",
            "]",
            "set-output",
            "error",
            "add-mask",
            "stop-commands",
            " name=x",
            "%0A",
            "%0D",
            "\r",
            "\u0085",
            "\u2028",
            "\u00a0",
            " ",
            "\t",
            "\u200d",
            "\ufe0f",
            "\u20e3",
            "\u034f",
            "\ufeff",
            "x",
            "é",
            "🚢",
            "\ud83d",
            "\u001b",
            "\u0000");
    Random random = new Random(7);

    for (int round = 0; round < 200_000; round++) {
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(9); i >= 0; i--) {
        line.append(pieces.get(random.nextInt(pieces.size())));
      }
      String safe = SafeText.line(line.toString());
      assertThat(RunnerCommandParser.commands(safe)).as("%s", line).isEmpty();
      assertThat(RunnerCommandParser.commands(withoutWeightless(safe))).as("%s", line).isEmpty();
      assertThat(safe.lines().count()).isLessThanOrEqualTo(1);
    }
  }

  /// As a comparison by the rules of a language sees a text: characters without weight are not
  /// there.
  private static String withoutWeightless(String text) {
    return text.replaceAll("[\\p{Cf}\\p{Cc}&&[^\\t\\r\\n]]|[\\x{fe00}-\\x{fe0f}\\x{34f}]", "");
  }
}
