package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditCheckTest {
  private static final String BEFORE = "tag: v1\nother: [a, &b c, *b, 'd', {e: !!str f}]\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tag: v2\nother: [a, &b c, *b, 'd', {e: !!str f}]\n",
        "tag: \"v2\"\nother: [a, &b c, *b, 'd', {e: !!str f}]\n",
      })
  void acceptsTheEdit(String after) throws UnreadableException {
    assertThat(holds(after)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tag: v1\nother: [a, &b c, *b, 'd', {e: !!str f}]\n",
        "tag: 'v2 '\nother: [a, &b c, *b, 'd', {e: !!str f}]\n",
        "tag: [v2]\nother: [a, &b c, *b, 'd', {e: !!str f}]\n",
        "tag: &t v2\nother: [a, &b c, *b, 'd', {e: !!str f}]\n",
        "tag: !t v2\nother: [a, &b c, *b, 'd', {e: !!str f}]\n",
        "tags: v2\nother: [a, &b c, *b, 'd', {e: !!str f}]\n",
        "tag: v2\nother: [x, &b c, *b, 'd', {e: !!str f}]\n",
        "tag: v2\nother: [a, &b c, *b, \"d\", {e: !!str f}]\n",
        "tag: v2\nother: [a, &b c, *b, 'd', {e: !!str f}, g]\n",
        "tag: v2\nother: [a, &b c, *b, 'd', {e: f}]\n",
        "tag: v2\nother: [a, &b c, c, 'd', {e: !!str f}]\n",
        "tag: v2\nother: [&c a, &b c, *c, 'd', {e: !!str f}]\n",
        "tag: v2\nother: [a, &b c, *b, 'd', {e: !!str f, g: h}]\n",
        "tag: v2\nother: [a, &b c, *b, 'd', [e, !!str f]]\n",
        "tag: v2\nother:\n- a\n- &b c\n- *b\n- 'd'\n- {e: !!str f}\n",
        "tag: v2\nother: [a, &b c, *b, 'd', {e: !!str f}]\n---\n",
        "tag: v2\n",
      })
  void refusesAnyOtherDifference(String after) throws UnreadableException {
    assertThat(holds(after)).isFalse();
  }

  @Test
  void refusesAValueThatIsNoText() throws UnreadableException {
    List<Node> before = YamlReader.read("tag: v1\n");
    EditCheck check = new EditCheck(new YamlFormat(), value(before), "1.10");

    assertThat(check.onlyTargetDiffers(before, YamlReader.read("tag: 1.10\n"))).isFalse();
    assertThat(check.onlyTargetDiffers(before, YamlReader.read("tag: '1.10'\n"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abXYef", "abef", "abcdef"})
  void acceptsBytesWithinTheTarget(String after) {
    assertThat(EditCheck.keepsOtherBytes(FileContent.of("abcdef"), FileContent.of(after), 2, 2))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aXcdef", "abcdeX", "abf", "abe", "abcdef ", ""})
  void refusesBytesOutsideTheTarget(String after) {
    assertThat(EditCheck.keepsOtherBytes(FileContent.of("abcdef"), FileContent.of(after), 2, 2))
        .isFalse();
  }

  private static boolean holds(String after) throws UnreadableException {
    List<Node> before = YamlReader.read(BEFORE);
    return new EditCheck(new YamlFormat(), value(before), "v2")
        .onlyTargetDiffers(before, YamlReader.read(after));
  }

  /// The value of the first key.
  private static Node.Scalar value(List<Node> documents) {
    Node.Mapping mapping = (Node.Mapping) documents.getFirst();
    return (Node.Scalar) mapping.entries().getFirst().value();
  }
}
