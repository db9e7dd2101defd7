package dev.slipway.values;

import java.util.ArrayList;
import java.util.List;

/// A place in a tree of YAML: how the path names it, and how a loaded tree is walked.
record YamlPlace(String key, List<Object> steps) {
  /// One step further down.
  YamlPlace below(String segment, Object step) {
    List<Object> longer = new ArrayList<>(steps);
    longer.add(step);
    String dot = key.isEmpty() || key.endsWith("].") || segment.startsWith("[") ? "" : ".";
    return new YamlPlace(key + dot + segment, List.copyOf(longer));
  }
}
