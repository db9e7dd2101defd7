package dev.slipway.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every folder of `test-fixtures/values`.
class ValuesFixturesTest {

  static List<ValuesFixture> edited() throws IOException {
    return ValuesFixture.all().stream().filter(fixture -> !fixture.isRefused()).toList();
  }

  static List<ValuesFixture> refused() throws IOException {
    return ValuesFixture.all().stream().filter(ValuesFixture::isRefused).toList();
  }

  @ParameterizedTest
  @MethodSource("edited")
  void replacesTheScalarsAndNothingElse(ValuesFixture fixture) throws IOException {
    ValuesFile file = ValuesFile.parse(fixture.name(), fixture.before());

    for (ValuesFixture.Edit edit : fixture.edits()) {
      file = file.with(edit.key(), edit.value());
      assertThat(file.get(edit.key())).isEqualTo(edit.value());
    }

    assertThat(file.content().text()).isEqualTo(fixture.after().text());
    assertThat(file.content()).isEqualTo(fixture.after());
  }

  @ParameterizedTest
  @MethodSource("edited")
  void changesNothingTheSecondTime(ValuesFixture fixture) throws IOException {
    ValuesFile once = ValuesFile.parse(fixture.name(), fixture.after());

    ValuesFile twice = once;
    for (ValuesFixture.Edit edit : fixture.edits()) {
      twice = twice.with(edit.key(), edit.value());
    }

    assertThat(twice).isSameAs(once);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesByName(ValuesFixture fixture) throws IOException {
    FileContent before = fixture.before();
    String name = fixture.name();
    ValuesFixture.Edit edit = fixture.edits().getFirst();

    assertThatThrownBy(() -> ValuesFile.parse(name, before).with(edit.key(), edit.value()))
        .isInstanceOf(ActionException.class)
        .hasMessageStartingWith(fixture.refusal());
  }
}
