package dev.slipway.ssm;

import dev.slipway.delivery.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a machine really runs: the author's script in a file of its own, with the results of the
/// run in its environment, as the wanted user, and the end of what it prints.
///
/// Systems Manager keeps only the first 24,000 characters of the output, and the line that tells
/// why a script failed is the last one. So the output goes to a file whose end is shown.
record ShellScript(Inputs.RemoteScript wanted, SortedMap<String, String> variables) {
  /// How much of the output is shown, in bytes; no more characters than Systems Manager keeps.
  static final int SHOWN = 20_000;

  private static final String ROOT = "root";
  // As a `run:` step, and with -u: where a result has no value, a script would deploy something
  // else.
  private static final String BASH = "bash --noprofile --norc -euo pipefail";
  private static final Pattern SHEBANG = Pattern.compile("#! *(\\S+)(?:[ \\t]+(.*\\S))?[ \\t]*");

  /// The lines for Systems Manager, which puts them into a file and runs it as root.
  List<String> lines() {
    String delimiter = delimiter();
    List<String> lines = new ArrayList<>();
    lines.add("#!/bin/sh");
    lines.add("# The script below the first " + delimiter + " is the workflow's `ssm-script`.");
    lines.addAll(environment());
    lines.add("work=$(mktemp -d) && log=$(mktemp) || exit 73");
    lines.add("cat >\"$work/script\" <<'" + delimiter + "'");
    lines.addAll(wanted.text().lines().toList());
    lines.add(delimiter);
    lines.addAll(run());
    lines.addAll(
        """
        code=$?
        size=$(wc -c <"$log")
        if [ "$size" -gt %1$d ]; then
          echo "(the first $((size - %1$d)) of $((size)) bytes are not shown)"
        fi
        tail -c %1$d "$log"
        rm -rf "$work" "$log"
        exit "$code"
        """
            .formatted(SHOWN)
            .lines()
            .toList());
    return lines;
  }

  /// A text in single quotes, in which a shell finds nothing to expand.
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private List<String> environment() {
    List<String> lines = new ArrayList<>();
    String user = quoted(wanted.user());
    if (!isRoot()) {
      lines.add("if ! id -u " + user + " >/dev/null 2>&1; then");
      lines.add("  echo \"there is no user \"" + user + "\" on this machine\" >&2");
      lines.add("  exit 67");
      lines.add("fi");
    }
    // A shell finds the home of `~name` only where the name stands without quotes.
    lines.add("HOME=~" + wanted.user());
    lines.add("USER=" + user);
    lines.add("LOGNAME=" + user);
    lines.add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH");
    lines.add("export HOME USER LOGNAME PATH");
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      lines.add("export " + variable.getKey() + "=" + quoted(variable.getValue()));
    }
    return lines;
  }

  private List<String> run() {
    List<String> lines = new ArrayList<>();
    if (!isRoot()) {
      lines.add("chown " + quoted(wanted.user()) + " \"$work\" \"$work/script\"");
    }
    lines.add("cd \"$HOME\" 2>/dev/null || cd /");
    lines.add("set --");
    lines.add(
        "if command -v timeout >/dev/null 2>&1; then set -- timeout -k 10 "
            + wanted.limit().toSeconds()
            + "; fi");
    if (!isRoot()) {
      lines.add("set -- \"$@\" runuser -u " + quoted(wanted.user()) + " --");
    }
    lines.addAll(interpreter());
    lines.add("\"$@\" \"$work/script\" >\"$log\" 2>&1 </dev/null");
    return lines;
  }

  /// The file need not be executable, so that a temporary folder where nothing is may be used.
  private List<String> interpreter() {
    Matcher shebang = SHEBANG.matcher(wanted.text().lines().findFirst().orElse(""));
    if (shebang.matches()) {
      String argument = shebang.group(2) == null ? "" : " " + quoted(shebang.group(2));
      return List.of("set -- \"$@\" " + quoted(shebang.group(1)) + argument);
    }
    return List.of(
        "if command -v bash >/dev/null 2>&1; then",
        "  set -- \"$@\" " + BASH,
        "else",
        "  set -- \"$@\" sh -e",
        "fi");
  }

  private boolean isRoot() {
    return wanted.user().equals(ROOT);
  }

  /// A line that the script does not have.
  private String delimiter() {
    List<String> lines = wanted.text().lines().toList();
    String delimiter = "SLIPWAY_SCRIPT";
    while (lines.contains(delimiter)) {
      delimiter += "_";
    }
    return delimiter;
  }
}
