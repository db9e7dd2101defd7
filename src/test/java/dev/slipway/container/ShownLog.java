package dev.slipway.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A step's log as the runner shows it on the run's page: commands carried out instead of printed
/// (ActionCommandManager.cs).
public final class ShownLog {
  private static final Pattern COMMAND =
      Pattern.compile("::(?<name>[a-z-]+)(?: (?<properties>[^:]*))?::(?<data>.*)");

  private ShownLog() {}

  /// The lines that a person sees. Masks are not among them.
  public static List<String> of(List<String> lines) {
    List<String> shown = new ArrayList<>();
    boolean inGroup = false;
    for (String line : lines) {
      Matcher command = COMMAND.matcher(line);
      if (!command.matches()) {
        shown.add(inGroup ? "  " + line : line);
        continue;
      }
      switch (command.group("name")) {
        case "group" -> shown.add("▼ " + command.group("data"));
        case "error", "warning", "notice" -> shown.addAll(annotation(command));
        default -> {}
      }
      inGroup =
          inGroup
              ? !command.group("name").equals("endgroup")
              : command.group("name").equals("group");
    }
    return List.copyOf(shown);
  }

  private static List<String> annotation(Matcher command) {
    String level = command.group("name");
    String title =
        Optional.ofNullable(command.group("properties"))
            .filter(properties -> properties.startsWith("title="))
            .map(properties -> unescape(properties.substring("title=".length())) + ": ")
            .orElse("");
    String text =
        level.substring(0, 1).toUpperCase(Locale.ROOT) + level.substring(1) + ": " + title;
    return (text + unescape(command.group("data"))).lines().toList();
  }

  private static String unescape(String text) {
    return text.replace("%0A", "\n")
        .replace("%0D", "\r")
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%25", "%");
  }
}
