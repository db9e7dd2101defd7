package dev.slipway.delivery;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which machines run a script.
public sealed interface InstanceSelector {
  /// Those with tags.
  ///
  /// @param values by key; a machine has one of a key's values, and has every key
  record Tagged(SortedMap<String, List<String>> values) implements InstanceSelector {
    public Tagged {
      values = new TreeMap<>(values);
    }

    @Override
    public String toString() {
      return values.entrySet().stream()
          .map(tag -> "tag:%s=%s".formatted(tag.getKey(), String.join("|", tag.getValue())))
          .collect(Collectors.joining(", "));
    }
  }

  /// Those with ids.
  record Named(List<String> ids) implements InstanceSelector {
    public Named {
      ids = List.copyOf(ids);
    }

    @Override
    public String toString() {
      return String.join(", ", ids);
    }
  }
}
