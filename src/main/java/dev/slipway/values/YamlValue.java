package dev.slipway.values;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What an input in YAML says: texts, in mappings and lists. No type is guessed: `1.10` is the text
/// "1.10".
public sealed interface YamlValue {
  /// The word for it in messages: `a text`, `a mapping`, `a list`.
  String kind();

  /// A scalar, as it is written. Empty where nothing is written.
  record Text(String text) implements YamlValue {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /// A mapping, in the order of the text, its keys distinct.
  record Mapping(SequencedMap<String, YamlValue> entries) implements YamlValue {
    public Mapping {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /// The value at `key`, if the key is there.
    public Optional<YamlValue> get(String key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /// A list.
  record Sequence(List<YamlValue> items) implements YamlValue {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }
}
