package dev.slipway.runner.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.runner.Blanks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Inputs that are the words of a command: docker's exec form `["java", "-jar", "app.jar"]`, or one
/// word a line. No shell reads them.
final class WordsInput {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String FORM =
      "Write a JSON list such as `[\"node\", \"server.js\"]`, or one word a line.";

  private final InputTexts inputs;

  WordsInput(InputTexts inputs) {
    this.inputs = inputs;
  }

  /// The words of a command; none, with a problem, when it is written otherwise.
  List<String> command(Input input) {
    List<String> words = words(input, "\n");
    if (!words.isEmpty() && words.getFirst().matches(".*\\s.*")) {
      inputs.wrong(
          input,
          words.getFirst(),
          "a program with a blank in its name is meant by nobody; no shell splits the line",
          FORM);
      return List.of();
    }
    return words;
  }

  /// The flags, which blanks separate, too.
  List<String> flags(Input input) {
    return words(input, "\\s+");
  }

  private List<String> words(Input input, String separator) {
    String text = inputs.text(input).orElse("");
    if (text.startsWith("[")) {
      return list(input, text);
    }
    return Arrays.stream(text.split(separator))
        .map(Blanks::trim)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private List<String> list(Input input, String text) {
    try {
      JsonNode list = JSON.readTree(text);
      List<String> words = new ArrayList<>();
      for (JsonNode word : list) {
        if (!word.isTextual()) {
          inputs.wrong(input, text, "one of its items is no text", FORM);
          return List.of();
        }
        words.add(word.textValue());
      }
      return List.copyOf(words);
    } catch (JsonProcessingException _) {
      inputs.wrong(input, text, "it begins like a JSON list and is none", FORM);
      return List.of();
    }
  }
}
