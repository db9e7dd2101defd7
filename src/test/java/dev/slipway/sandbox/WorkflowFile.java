package dev.slipway.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A workflow, read as far as our own step goes: its `with:` and `env:` become the environment that
/// a runner would give the container.
public final class WorkflowFile {
  private static final String OUR_ACTION = "OWNER/slipway@";
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*([^}]+?)\\s*}}");

  private final Map<?, ?> step;

  private WorkflowFile(Map<?, ?> step) {
    this.step = step;
  }

  /// Reads the only step of the workflow that uses Slipway.
  public static WorkflowFile read(Path file) {
    return only(file, step -> String.valueOf(step.get("uses")).startsWith(OUR_ACTION));
  }

  /// Reads the step of this id in one of our own workflows, which say `uses: ./`.
  public static WorkflowFile read(Path file, String id) {
    return only(file, step -> "./".equals(step.get("uses")) && id.equals(step.get("id")));
  }

  /// What the job's own token may do, as the workflow says: scope and access.
  public static Map<?, ?> permissions(Path file) {
    return (Map<?, ?>) yaml(file).get("permissions");
  }

  private static WorkflowFile only(Path file, Predicate<Map<?, ?>> wanted) {
    Map<?, ?> jobs = (Map<?, ?>) yaml(file).get("jobs");
    List<? extends Map<?, ?>> steps =
        jobs.values().stream()
            .map(job -> (Collection<?>) ((Map<?, ?>) job).get("steps"))
            .flatMap(Collection::stream)
            .map(step -> (Map<?, ?>) step)
            .filter(wanted)
            .toList();
    if (steps.size() != 1) {
      throw new IllegalArgumentException("%s uses Slipway %d times".formatted(file, steps.size()));
    }
    return new WorkflowFile(steps.getFirst());
  }

  /// What the step gives the container: `INPUT_*` (defaults of action.yml included) and its `env:`.
  ///
  /// @param contexts what expressions stand for, e.g. `secrets.GITOPS_REPO_TOKEN`,
  ///   `github.workspace`
  public Map<String, String> environment(Map<String, String> contexts) {
    Map<String, String> environment = new LinkedHashMap<>();
    Map<?, ?> declared = (Map<?, ?>) yaml(Path.of("action.yml")).get("inputs");
    declared.forEach((name, input) -> {
      Object standard = ((Map<?, ?>) input).get("default");
      environment.put(
          variable(String.valueOf(name)),
          standard == null ? "" : evaluate(String.valueOf(standard), contexts));
    });
    entries("with")
        .forEach((name, value) -> environment.put(variable(name), evaluate(value, contexts)));
    entries("env").forEach((name, value) -> environment.put(name, evaluate(value, contexts)));
    return environment;
  }

  private Map<String, String> entries(String key) {
    Map<String, String> entries = new LinkedHashMap<>();
    if (step.get(key) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> entries.put(String.valueOf(name), String.valueOf(value)));
    }
    return entries;
  }

  /// As the runner does: upper case, blanks become underscores, hyphens stay.
  private static String variable(String input) {
    return "INPUT_" + input.replace(' ', '_').toUpperCase(Locale.ROOT);
  }

  private static String evaluate(String text, Map<String, String> contexts) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(match -> {
          String value = contexts.get(match.group(1));
          if (value == null) {
            throw new IllegalArgumentException("nothing stands for ${{ " + match.group(1) + " }}");
          }
          return Matcher.quoteReplacement(value);
        });
  }

  private static Map<?, ?> yaml(Path file) {
    try {
      return (Map<?, ?>)
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    }
  }
}
