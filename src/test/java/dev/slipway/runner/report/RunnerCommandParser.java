package dev.slipway.runner.report;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What the runner would execute of a log: the judge of everything that is printed.
///
/// Follows the runner's
/// [ActionCommand](https://github.com/actions/runner/blob/v2.328.0/src/Runner.Common/ActionCommand.cs)
/// and the way in which .NET breaks a process's output into lines.
final class RunnerCommandParser {
  /// A command that the runner would execute.
  record Command(String name, Map<String, String> properties, String data) {}

  private static final Set<String> COMMANDS =
      Set.of(
          "stop-commands",
          "set-env",
          "set-output",
          "save-state",
          "add-mask",
          "add-path",
          "add-matcher",
          "remove-matcher",
          "debug",
          "notice",
          "warning",
          "error",
          "group",
          "endgroup",
          "echo",
          "internal-set-repo-path");

  private RunnerCommandParser() {}

  /// The commands in a log, in order.
  static List<Command> commands(String log) {
    return log.lines().flatMap(line -> command(line).stream()).toList();
  }

  /// The lines of a log that are no commands.
  static List<String> texts(String log) {
    return log.lines().filter(line -> command(line).isEmpty()).toList();
  }

  static Optional<Command> command(String line) {
    return newSyntax(line).or(() -> oldSyntax(line));
  }

  /// `::name key=value,key=value::data`
  private static Optional<Command> newSyntax(String line) {
    int start = 0;
    while (start < line.length() && isDotNetWhiteSpace(line.charAt(start))) {
      start++;
    }
    String rest = line.substring(start);
    int end = rest.indexOf("::", 2);
    return rest.startsWith("::") && end >= 0
        ? command(rest.substring(2, end), rest.substring(end + 2), Escapes.NEW)
        : Optional.empty();
  }

  /// `##[name key=value;key=value]data`, anywhere in a line
  private static Optional<Command> oldSyntax(String line) {
    int start = line.indexOf("##[");
    int end = start < 0 ? -1 : line.indexOf(']', start);
    return end >= 0
        ? command(line.substring(start + 3, end), line.substring(end + 1), Escapes.OLD)
        : Optional.empty();
  }

  private static Optional<Command> command(String head, String data, Escapes escapes) {
    int space = head.indexOf(' ');
    String name = (space < 0 ? head : head.substring(0, space)).toLowerCase(Locale.ROOT);
    if (!COMMANDS.contains(name)) {
      return Optional.empty();
    }
    Map<String, String> properties = new HashMap<>();
    String list = space < 0 ? "" : head.substring(space + 1).trim();
    for (String property : list.split(escapes.separator, -1)) {
      int equals = property.indexOf('=');
      if (equals > 0 && equals < property.length() - 1) {
        properties.put(
            property.substring(0, equals), escapes.property.apply(property.substring(equals + 1)));
      }
    }
    return Optional.of(new Command(name, properties, escapes.data.apply(data)));
  }

  /// How the two syntaxes escape.
  private record Escapes(
      String separator, UnaryOperator<String> property, UnaryOperator<String> data) {
    static final Escapes NEW =
        new Escapes(",", text -> data(text.replace("%3A", ":").replace("%2C", ",")), Escapes::data);
    static final Escapes OLD = new Escapes(";", Escapes::old, Escapes::old);

    private static String data(String text) {
      return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }

    private static String old(String text) {
      return data(text.replace("%3B", ";").replace("%5D", "]"));
    }
  }

  /// [char.IsWhiteSpace](https://learn.microsoft.com/dotnet/api/system.char.iswhitespace)
  private static boolean isDotNetWhiteSpace(char character) {
    return Character.isSpaceChar(character)
        || (character >= '\t' && character <= '\r')
        || character == 0x85;
  }
}
