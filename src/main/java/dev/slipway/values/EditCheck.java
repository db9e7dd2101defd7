package dev.slipway.values;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The proof after an edit: the file is read again, and nothing but the one scalar may differ.
///
/// @param target a node of the file before the edit
/// @param value what was to be written there
record EditCheck(Format format, Node.Scalar target, String value) {

  /// Whether `after` says `value` at the target, as a text, and the same as `before` elsewhere.
  boolean onlyTargetDiffers(List<Node> before, List<Node> after) {
    return sameAll(before, after);
  }

  /// Whether all bytes are the same but `length` of them from `start` on.
  static boolean keepsOtherBytes(FileContent before, FileContent after, int start, int length) {
    byte[] was = before.bytes();
    byte[] is = after.bytes();
    int rest = was.length - start - length;
    return is.length >= start + rest
        && Arrays.equals(was, 0, start, is, 0, start)
        && Arrays.equals(was, start + length, was.length, is, is.length - rest, is.length);
  }

  private boolean sameAll(List<? extends Node> before, List<? extends Node> after) {
    if (before.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!same(before.get(i), after.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean same(Node before, Node after) {
    return sameProperties(before.place(), after.place())
        && switch (before) {
          case Node.Scalar scalar ->
              after instanceof Node.Scalar other && sameScalar(scalar, other);
          case Node.Sequence sequence ->
              after instanceof Node.Sequence other && sameAll(sequence.items(), other.items());
          case Node.Mapping mapping ->
              after instanceof Node.Mapping other && sameAll(flat(mapping), flat(other));
          case Node.Alias alias ->
              after instanceof Node.Alias other
                  && alias.anchor().name().equals(other.anchor().name());
        };
  }

  private boolean sameScalar(Node.Scalar before, Node.Scalar after) {
    return before.equals(target)
        ? after.value().equals(value) && format.readsAsText(after)
        : after.value().equals(before.value()) && after.style() == before.style();
  }

  private static boolean sameProperties(Node.Place before, Node.Place after) {
    return before.flow() == after.flow()
        && before.tag().equals(after.tag())
        && before.anchor().map(Anchor::name).equals(after.anchor().map(Anchor::name));
  }

  private static List<Node> flat(Node.Mapping mapping) {
    return mapping.entries().stream()
        .flatMap(entry -> Stream.of(entry.key(), entry.value()))
        .toList();
  }
}
