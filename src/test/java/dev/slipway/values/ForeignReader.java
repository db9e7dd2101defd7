package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A parser that is not ours, as the judge of an edit.
enum ForeignReader {
  /// The generation that Helm, and most of what reads values files, belongs to.
  YAML_1_1 {
    @Override
    List<Object> read(String text) {
      List<Object> documents = new ArrayList<>();
      LoaderOptions options = new LoaderOptions();
      options.setWarnOnDuplicateKeys(false);
      new Yaml(new SafeConstructor(options)).loadAll(text).forEach(documents::add);
      return documents;
    }
  },
  YAML_1_2 {
    @Override
    List<Object> read(String text) {
      List<Object> documents = new ArrayList<>();
      new Load(LoadSettings.builder().setBufferSize(text.length() + 1).build())
          .loadAllFromString(text)
          .forEach(documents::add);
      return documents;
    }
  },
  JSON {
    @Override
    List<Object> read(String text) throws JsonProcessingException {
      return List.of(new ObjectMapper().readValue(text.replace("\uFEFF", ""), Object.class));
    }
  };

  /// Those that know the format of a file of this name.
  static List<ForeignReader> of(String name) {
    return switch (Format.of(name)) {
      case YamlFormat _ -> List.of(YAML_1_1, YAML_1_2);
      case JsonFormat _ -> List.of(JSON);
      case DotenvFormat _ -> List.of();
    };
  }

  abstract List<Object> read(String text) throws JsonProcessingException;

  /// Fails unless `after` says what `before` says, and `value` at `key`. Where this reader cannot
  /// make sense of `before`, it has no opinion.
  void judge(String before, String after, KeyPath key, String value) {
    documents(before)
        .filter(documents -> isComparable(documents, before))
        .flatMap(documents -> replaced(documents, path(key), value))
        .ifPresent(expected ->
            assertThat(documents(after))
                .as("%s of:%n%s", this, after)
                .map(Object.class::cast)
                .contains(expected));
  }

  /// Some say that they cannot read a text by whatever exception they run into.
  private Optional<List<Object>> documents(String text) {
    try {
      return Optional.of(read(text));
    } catch (JsonProcessingException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /// Arrays never equal each other, and lists in themselves never come to an end.
  private boolean isComparable(List<Object> documents, String text) {
    try {
      return documents(text).filter(documents::equals).isPresent();
    } catch (StackOverflowError endless) {
      return false;
    }
  }

  private static List<KeySegment> path(KeyPath key) {
    return Stream.concat(Stream.of(new KeySegment.Index(key.document())), key.segments().stream())
        .toList();
  }

  /// A copy of `node` with `value` at the path; empty where the path leads nowhere.
  private static Optional<Object> replaced(
      @Nullable Object node, List<KeySegment> path, String value) {
    if (path.isEmpty()) {
      return Optional.of(value);
    }
    List<KeySegment> rest = path.subList(1, path.size());
    return switch (path.getFirst()) {
      case KeySegment.Key(String name) ->
          node instanceof Map<?, ?> map && map.containsKey(name)
              ? replaced(map.get(name), rest, value).map(child -> with(map, name, child))
              : Optional.empty();
      case KeySegment.Index(int index) ->
          node instanceof List<?> list && index < list.size()
              ? replaced(list.get(index), rest, value).map(child -> with(list, index, child))
              : Optional.empty();
      case KeySegment.Match match ->
          node instanceof List<?> list
              ? IntStream.range(0, list.size())
                  .filter(i -> holds(list.get(i), match))
                  .boxed()
                  .findFirst()
                  .flatMap(
                      i -> replaced(list.get(i), rest, value).map(child -> with(list, i, child)))
              : Optional.empty();
    };
  }

  private static boolean holds(@Nullable Object element, KeySegment.Match match) {
    return element instanceof Map<?, ?> map && match.value().equals(map.get(match.key()));
  }

  private static Object with(Map<?, ?> map, String name, Object child) {
    Map<Object, Object> copy = new LinkedHashMap<>(map);
    copy.put(name, child);
    return copy;
  }

  private static Object with(List<?> list, int index, Object child) {
    List<Object> copy = new ArrayList<>(list);
    copy.set(index, child);
    return copy;
  }
}
