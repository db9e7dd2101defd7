package dev.slipway.values;

import dev.slipway.values.GeneratedFile.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The scalars of a [RandomYaml]. Whether one is a safe target shows at the end of the file, when
/// it is known which anchors something refers to.
final class YamlTargets {
  private final List<Open> targets = new ArrayList<>();
  private final Set<String> referredTo = new HashSet<>();
  private List<String> around = List.of();

  /// A target whose anchors may yet be referred to.
  private record Open(Target target, List<String> anchors) {}

  /// A scalar was written.
  ///
  /// @param own its anchors, besides those of what is around it
  void add(Target target, List<String> own) {
    targets.add(new Open(target, plus(around, own)));
  }

  /// Something stands for what has this anchor.
  void referTo(String anchor) {
    referredTo.add(anchor);
  }

  /// What is written from now on has an anchor around it.
  ///
  /// @param anchor empty: none more than before
  /// @return the anchors until now, for [#backTo]
  List<String> below(String anchor) {
    List<String> before = around;
    around = anchor.isEmpty() ? around : plus(around, List.of(anchor));
    return before;
  }

  void backTo(List<String> before) {
    around = before;
  }

  /// All of them, in a text of this length.
  List<Target> in(int length) {
    return targets.stream().map(open -> finished(open, length)).toList();
  }

  private Target finished(Open open, int length) {
    Target target = open.target();
    boolean shared = open.anchors().stream().anyMatch(referredTo::contains);
    // The end of the text may have been cut off after the scalar was written.
    int end = Math.min(target.end(), length);
    return new Target(
        target.key(),
        target.steps(),
        target.start(),
        end,
        target.quote(),
        target.refused() || shared);
  }

  private static List<String> plus(List<String> list, List<String> more) {
    List<String> longer = new ArrayList<>(list);
    longer.addAll(more);
    return longer;
  }
}
