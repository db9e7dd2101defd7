package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests the grammars of branches, paths and addresses.
class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"main", "feature/cart", "slipway/shop-1a2b", "릴리스/1.0", "a@b", "x.y", "{a}"})
  void acceptsBranches(String name) {
    assertThat(GitReference.branch(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-main",
        "@",
        "HEAD",
        "a b",
        "a~1",
        "a^",
        "a:b",
        "a?",
        "a*",
        "a[b",
        "a\\b",
        "a..b",
        "a@{b",
        "/a",
        "a/",
        "a//b",
        ".a",
        "a/.b",
        "a.lock",
        "a.lock/b",
        "a.",
        "a\tb",
        "a\u007f",
        "refs/heads/a",
      })
  void refusesWhatGitRefuses(String name) {
    assertThatThrownBy(() -> GitReference.branch(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "values.yaml",
        "apps/shop/values.yaml",
        ".github/dependabot.yml",
        "a b.yaml",
        "..a/b"
      })
  void acceptsPaths(String path) {
    assertThat(RepositoryFile.path(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/values.yaml",
        "../values.yaml",
        "a/../b",
        "a/..",
        ".",
        "./a",
        "a//b",
        "a/",
        "",
        "a\\b",
        "a\0b",
        "a\nb",
        ".git/config",
        "a/.GIT/config",
        ".github/workflows/a.yml",
        ".GitHub/Workflows/a.yml",
      })
  void refusesPathsThatLeadElsewhere(String path) {
    assertThatThrownBy(() -> RepositoryFile.path(path))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.github.com, https://api.github.com",
    "https://github.example.com/api/v3/, https://github.example.com/api/v3",
    "http://localhost:4566, http://localhost:4566",
    "http://127.0.0.1:4566/, http://127.0.0.1:4566",
    "http://[::1]:4566, http://[::1]:4566",
  })
  void acceptsEndpoints(String given, URI expected) {
    assertThat(Endpoint.parse(given)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.github.com",
        "http://127.0.0.1.attacker.example",
        "http://localhost.example",
        "ftp://localhost",
        "api.github.com",
        "https://",
        "https://user:token@api.github.com",
        "https://api.github.com?x=1",
        "https://api.github.com#x",
        "https://a b",
        "//api.github.com",
      })
  void refusesEndpointsThatWouldSpillTokens(String given) {
    assertThatThrownBy(() -> Endpoint.parse(given)).isInstanceOf(IllegalArgumentException.class);
  }
}
