package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import dev.slipway.values.GeneratedFile.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Random values into random places of random files: byte-exact or refused. A failure names its
/// seed; `-Dvalues.seed=N` starts there, `-Dvalues.files=N` makes more of them.
class RandomFilesTest {
  private static final long FIRST_SEED = Long.getLong("values.seed", 1);
  private static final long LAST_SEED = FIRST_SEED + Long.getLong("values.files", 400);

  @Test
  void replacesOnlyTheScalarInRandomYaml() {
    replacesOnlyTheScalarIn(RandomYaml::generate);
  }

  @Test
  void replacesOnlyTheScalarInRandomJson() {
    replacesOnlyTheScalarIn(RandomJson::generate);
  }

  @Test
  void replacesOnlyTheScalarInRandomDotenv() {
    replacesOnlyTheScalarIn(RandomDotenv::generate);
  }

  private static void replacesOnlyTheScalarIn(LongFunction<GeneratedFile> generator) {
    for (long seed = FIRST_SEED; seed < LAST_SEED; seed++) {
      GeneratedFile file = generator.apply(seed);
      Random random = new Random(seed);
      ValuesFile before = ValuesFile.parse(file.path(), FileContent.of(file.text()));
      for (Target target : file.targets()) {
        Supplier<String> context = context(seed, target, file.text());
        String value = RandomTags.next(random);
        if (target.refused()) {
          assertThatThrownBy(() -> before.with(KeyPath.parse(target.key()), value))
              .as(context)
              .isInstanceOf(ActionException.class)
              .hasMessageNotContaining("bug of Slipway");
        } else {
          String after = edited(before, target, value, context);
          assertThat(replacement(file.text(), after, target))
              .as(context)
              .isIn(allowed(target, value));
        }
      }
    }
  }

  @Test
  void writesTagsThatEveryParserReadsBackAsTheSameText() {
    for (long seed = FIRST_SEED; seed < LAST_SEED; seed++) {
      GeneratedFile file = RandomYaml.generate(seed);
      Random random = new Random(~seed);
      ValuesFile edited = ValuesFile.parse(file.path(), FileContent.of(file.text()));
      Map<Target, String> written = new LinkedHashMap<>();
      for (Target target : file.targets().stream().filter(target -> !target.refused()).toList()) {
        String value = RandomTags.next(random);
        edited = edited.with(KeyPath.parse(target.key()), value);
        written.put(target, value);
      }
      String after = edited.content().text().orElseThrow();
      List<Object> yaml11 = loadedAsYaml11(after);
      List<Object> yaml12 = loadedAsYaml12(after);
      for (Map.Entry<Target, String> entry : written.entrySet()) {
        Supplier<String> context = context(seed, entry.getKey(), after);
        assertThat(at(yaml11, entry.getKey())).as(context).isEqualTo(entry.getValue());
        assertThat(at(yaml12, entry.getKey())).as(context).isEqualTo(entry.getValue());
      }
    }
  }

  private static Supplier<String> context(long seed, Target target, String text) {
    return () -> "seed %d, %s in:%n%s".formatted(seed, target, text);
  }

  private static String edited(
      ValuesFile before, Target target, String value, Supplier<String> context) {
    try {
      return before.with(KeyPath.parse(target.key()), value).content().text().orElseThrow();
    } catch (ActionException e) {
      throw new AssertionError(context.get(), e);
    }
  }

  /// What stands in place of the scalar; everything around it must be as it was.
  private static String replacement(String before, String after, Target target) {
    String head = before.substring(0, target.start());
    String tail = before.substring(target.end());
    assertThat(after).startsWith(head).endsWith(tail);
    return after.substring(head.length(), after.length() - tail.length());
  }

  private static List<String> allowed(Target target, String tag) {
    return switch (target.quote()) {
      case '\'' -> List.of("'" + tag + "'");
      case '"' -> List.of('"' + tag + '"');
      // A blank separates a value from the colon that had none; in a .env file nothing does.
      default -> List.of(tag, " " + tag, '"' + tag + '"', " \"" + tag + '"');
    };
  }

  private static List<Object> loadedAsYaml11(String text) {
    List<Object> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(documents::add);
    return documents;
  }

  private static List<Object> loadedAsYaml12(String text) {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().setBufferSize(text.length() + 1).build())
        .loadAllFromString(text)
        .forEach(documents::add);
    return documents;
  }

  private static Object at(Object documents, Target target) {
    Object node = documents;
    for (Object step : target.steps()) {
      Object child =
          step instanceof Integer index
              ? ((List<?>) node).get(index)
              : ((Map<?, ?>) node).get(step);
      node = Objects.requireNonNull(child, "nothing at " + target);
    }
    return node;
  }
}
