package dev.slipway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final String SHA = "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678";

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "{version}, <version>",
    "{sha:8}, a1b2c3d4",
    "core-stage-{sha:8}, core-stage-a1b2c3d4",
    "{tag-name}/{run-number}, <tag-name>/<run-number>",
    "{core.tag}@{batch-2.digest}, <core.tag>@<batch-2.digest>",
    "{{tag}}, {tag}",
    "{{{tag}}}, {<tag>}",
    "a}b, a}b",
  })
  void replacesPlaceholdersAndKeepsTheRest(String template, String expanded) {
    assertThat(Template.parse(template).expand(TemplateTest::value)).isEqualTo(expanded);
  }

  @Test
  void anUnknownPlaceholderIsAnErrorThatListsTheKnownOnes() {
    assertThatThrownBy(() -> Template.parse("{sematic}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{sematic}")
        .hasMessageContaining("{version}")
        .hasMessageContaining("{sha:N}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{tag",
        "{sha:3}",
        "{sha:41}",
        "{sha:}",
        "{sha:x}",
        "{tag:7}",
        "{}",
        "{ tag }",
        "{.tag}",
        "{core.}",
        "{core.sha}",
        "{core.sha:7}",
        "{core.version}",
        "{a.b.tag}",
        "{1.tag}"
      })
  void refusesWhatIsNoPlaceholder(String template) {
    assertThatThrownBy(() -> Template.parse(template)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsWhatItUses() {
    Template template = Template.parse("{version}-{sha:7} {{digest}}");

    assertThat(template.uses(Placeholder.VERSION)).isTrue();
    assertThat(template.uses(Placeholder.SHA)).isTrue();
    assertThat(template.uses(Placeholder.DIGEST)).isFalse();
  }

  private static String value(Reference reference) {
    return reference.placeholder() == Placeholder.SHA
        ? SHA
        : reference.toString().replace('{', '<').replace('}', '>');
  }
}
