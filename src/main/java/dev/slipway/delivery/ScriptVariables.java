package dev.slipway.delivery;

import dev.slipway.problem.Problems;
import dev.slipway.version.ResolvedVersion;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a script finds in its environment: the results of the run. What has no value is not there
/// at all, so that a script with `set -u` stops instead of deploying nothing.
final class ScriptVariables {
  /// The version's.
  static final String VERSION = "VERSION";

  private final SortedMap<String, String> values = new TreeMap<>();
  private final Problems problems = new Problems();

  private ScriptVariables() {}

  /// Those of a plan. With several components, the image's carry the component's name, as in
  /// `IMAGE_TAG_CORE`.
  ///
  /// @throws dev.slipway.problem.ActionException when two components would share a variable
  static SortedMap<String, String> of(Plan plan) {
    ScriptVariables variables = new ScriptVariables();
    variables.put("COMMIT_SHA", plan.commit().value());
    plan.version().map(ResolvedVersion::text).ifPresent(text -> variables.put(VERSION, text));
    plan.images().forEach(variables::put);
    variables.problems.throwIfAny();
    return variables.values;
  }

  private void put(PlannedImage image) {
    String suffix = image.component().map(ScriptVariables::suffix).orElse("");
    image.reference().ifPresent(reference -> put("IMAGE" + suffix, reference.toString()));
    put("IMAGE_TAG" + suffix, image.tag().value());
    image.digest().ifPresent(digest -> put("IMAGE_DIGEST" + suffix, digest.value()));
  }

  private static String suffix(String component) {
    return "_" + component.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private void put(String name, String value) {
    Optional.ofNullable(values.putIfAbsent(name, value))
        .ifPresent(_ ->
            problems.add(
                "The script would have two variables %s".formatted(name),
                "the names of two components in `images` become the same there",
                "rename one of them"));
  }
}
