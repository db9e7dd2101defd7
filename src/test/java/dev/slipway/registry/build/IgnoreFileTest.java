package dev.slipway.registry.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.registry.archive.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of `.dockerignore`: the examples of [docker's
/// documentation](https://docs.docker.com/build/concepts/context/#dockerignore-files), and its
/// corners.
class IgnoreFileTest {
  @ParameterizedTest
  @CsvSource({
    "*/temp*, somedir/temporary.txt, true",
    "*/temp*, somedir/temp, true",
    "*/temp*, temp, false",
    "*/*/temp*, somedir/subdir/temporary.txt, true",
    "*/*/temp*, somedir/temporary.txt, false",
    "temp?, tempa, true",
    "temp?, temp, false",
    "**/*.go, main.go, true",
    "**/*.go, a/b/main.go, true",
    "foo/bar, foo/bar, true",
    "/foo/bar, foo/bar/below, true",
    "foo/bar/, foo/bar, true",
    "foo, a/foo, false",
    "**/foo, a/b/foo/c, true",
    "foo/**, foo/a/b, true",
    "foo/**, foo, false",
    "a/**/b, a/b, true",
    "a/**/b, a/x/y/b, true",
    "./foo, foo, true",
    "../foo, foo, false",
    "a.b, axb, false",
    "[a-c].txt, b.txt, true",
    "[^a-c].txt, b.txt, false",
    "\\*.txt, a.txt, false",
    "\\*.txt, *.txt, true",
    "., anything, false",
    "**.env, prod.env, true",
    "**.env, a/prod.env, true",
    "**.env, prod.env.txt, false",
    "**.env*, prod.env, false",
    "a**, ab/c, true",
    "[\\]a]b, ]b, true",
    "[\\-x], a, false",
    "[&&x], &, true",
  })
  void matchesAsDockerDoes(String pattern, String path, boolean leftOut) {
    assertThat(IgnoreFile.parse(pattern).leavesOut(path)).isEqualTo(leftOut);
  }

  @Test
  void theLastLineThatMatchesDecides() {
    IgnoreFile file = IgnoreFile.parse("*.md\n!README*.md\nREADME-secret.md\n");

    assertThat(file.leavesOut("notes.md")).isTrue();
    assertThat(file.leavesOut("README.md")).isFalse();
    assertThat(file.leavesOut("README-secret.md")).isTrue();
  }

  @Test
  void aFileBelowAFolderThatIsLeftOutCanBeKept() {
    IgnoreFile file = IgnoreFile.parse("*\n!dist/index.html\n");

    assertThat(file.leavesOut("dist/app.map")).isTrue();
    assertThat(file.leavesOut("dist/index.html")).isFalse();
    assertThat(file.isFinal()).isFalse();
  }

  @Test
  void keepsNothingForAFolderThatNoLineBeforeHasLeftOut() {
    IgnoreFile file = IgnoreFile.parse("**/*.pem\n!certs\n");
    IgnoreFile after = IgnoreFile.parse("**/*.pem\ncerts\n!certs\n");

    assertThat(file.leavesOut("certs/a.pem")).isTrue();
    assertThat(file.leavesOut("certs/a.crt")).isFalse();
    assertThat(after.leavesOut("certs/a.pem")).isFalse();
  }

  @Test
  void skipsCommentsAndBlankLines() {
    IgnoreFile file = IgnoreFile.parse("\uFEFF# *.js\r\n\r\n  *.css  \r\n");

    assertThat(file.leavesOut("a.js")).isFalse();
    assertThat(file.leavesOut("a.css")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[", "[]", "a\\", "!"})
  void refusesWhatIsNoPattern(String pattern) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> IgnoreFile.parse("ok\n" + pattern))
        .withMessage("cannot be read");
  }
}
