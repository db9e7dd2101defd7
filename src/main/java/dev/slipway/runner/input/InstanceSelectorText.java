package dev.slipway.runner.input;

import dev.slipway.delivery.InstanceSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The input `ssm-targets`: tags or ids, never both.
final class InstanceSelectorText {
  static final String FORM =
      "Write a tag such as `ssm-targets: tag:Name=web`, or ids such as `ssm-targets:"
          + " i-0123456789abcdef0`.";

  private static final String TAG = "tag:";
  private static final Pattern ID = Pattern.compile("(i|mi)-[0-9a-f]{8,17}");
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private final InputTexts inputs;

  InstanceSelectorText(InputTexts inputs) {
    this.inputs = inputs;
  }

  /// Empty, with problems, when something is wrong.
  Optional<InstanceSelector> read() {
    List<String> entries = inputs.list(Input.SSM_TARGETS);
    List<String> ids = new ArrayList<>();
    SortedMap<String, List<String>> tags = new TreeMap<>();
    boolean good = true;
    for (String entry : entries) {
      good &= entry.startsWith(TAG) ? isTag(entry, tags) : isId(entry, ids);
    }
    if (!ids.isEmpty() && !tags.isEmpty()) {
      wrong(entries.getFirst(), "it names tags and ids, and machines are chosen by one of them");
      return Optional.empty();
    }
    if (ids.isEmpty() && tags.isEmpty() && good) {
      wrong(inputs.text(Input.SSM_TARGETS).orElse(""), "it names no machine");
      return Optional.empty();
    }
    return good
        ? Optional.of(
            tags.isEmpty() ? new InstanceSelector.Named(ids) : new InstanceSelector.Tagged(tags))
        : Optional.empty();
  }

  private boolean isTag(String entry, SortedMap<String, List<String>> tags) {
    int equals = entry.indexOf('=');
    String key = equals < 0 ? "" : entry.substring(TAG.length(), equals);
    String value = entry.substring(equals + 1);
    if (key.isEmpty() || value.isEmpty()) {
      wrong(entry, "a tag has a key and a value, with `=` between them");
      return false;
    }
    if (key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE || value.contains("*")) {
      wrong(entry, "a key has at most 128 characters and a value 256, and `*` matches only itself");
      return false;
    }
    tags.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    return true;
  }

  private boolean isId(String entry, List<String> ids) {
    if (!ID.matcher(entry).matches()) {
      wrong(entry, "it is neither `tag:KEY=VALUE` nor the id of an instance");
      return false;
    }
    if (!ids.contains(entry)) {
      ids.add(entry);
    }
    return true;
  }

  private void wrong(String entry, String why) {
    inputs.wrong(Input.SSM_TARGETS, entry, why, FORM);
  }
}
