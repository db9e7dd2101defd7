package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.container.ContainerStep;
import dev.slipway.container.JobFolders;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table "Which tag you get" of the README, and that of releases beside it, row by row, against
/// the action itself.
class ReadmeTagsTest {
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  /// What stands for the commit's digits in the table.
  private static final String SHA = "a1b2c3d4";

  @TempDir private Path folder;

  /// A row.
  ///
  /// @param commit what is said of the commit
  /// @param outputs tag, version and tag name; nothing where the run is red
  record Row(String template, String commit, List<String> outputs) {}

  /// A row of the table of releases.
  ///
  /// @param messages of the commits after the last release
  /// @param inputs each as `name: value`
  /// @param tagName empty where nothing is released
  record ReleaseRow(List<String> messages, List<String> inputs, String tagName) {}

  private static Stream<List<String>> cells(String file, String table) throws IOException {
    String readme = Files.readString(Path.of(file));
    return readme
        .substring(
            readme.indexOf("<!-- %s -->".formatted(table)),
            readme.indexOf("<!-- /%s -->".formatted(table)))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList());
  }

  static Stream<ReleaseRow> releases() throws IOException {
    return cells("docs/releases.md", "releases")
        .map(cells ->
            new ReleaseRow(
                codes(cells.getFirst()).stream().map(text -> text.replace("%0A", "\n")).toList(),
                codes(cells.get(1)),
                String.join("", codes(cells.get(2)))));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void theReadmeIsRightAboutReleases(ReleaseRow row) {
    try (FakeGitHub gitHub = FakeGitHub.start()) {
      FakeRepository repository = gitHub.repository("acme/shop").file("one.txt", "1").tag("v1.2.3");
      row.messages().forEach(message -> repository.commit("main", message, "src/two.txt", message));
      gitHub.grant(Canaries.GITHUB_TOKEN, "acme/shop", FakeGitHub.Grant.CONTENTS);
      ContainerStep step =
          step("semver", gitHub, repository.head("main")).withVariable("INPUT_RELEASE", "tag");
      for (String input : row.inputs()) {
        String[] parts = input.split(": ", 2);
        step = step.withVariable("INPUT_" + parts[0].toUpperCase(Locale.ROOT), parts[1]);
      }

      StepResult result = new ProcessRunner(JobFolders.in(folder)).run(step);

      assertThat(result.exitCode()).as("%s", result.log()).isZero();
      assertThat(result.outputs().getOrDefault("tag-name", "")).isEqualTo(row.tagName());
      assertThat(repository.tags()).hasSize(row.tagName().isEmpty() ? 1 : 2);
    }
  }

  static Stream<Row> rows() throws IOException {
    return cells("README.md", "tags")
        .skip(1)
        .map(cells ->
            new Row(
                codes(cells.getFirst()).getFirst(),
                cells.get(1),
                cells.get(2).startsWith("red")
                    ? List.of()
                    : cells.subList(2, 5).stream()
                        .map(cell -> String.join("", codes(cell)))
                        .toList()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theReadmeIsRight(Row row) {
    try (FakeGitHub gitHub = FakeGitHub.start()) {
      FakeRepository repository = gitHub.repository("acme/shop").file("one.txt", "1");
      boolean tagged = row.commit().startsWith("carries");
      if (!tagged) {
        codes(row.commit()).stream()
            .filter(tag -> row.commit().contains("after"))
            .forEach(repository::tag);
        repository.file("two.txt", "2");
      } else {
        codes(row.commit()).forEach(repository::tag);
      }
      gitHub.grant(Canaries.GITHUB_TOKEN, "acme/shop", FakeGitHub.Grant.READ);
      String head = repository.head("main");

      StepResult result = run(row, gitHub, head);

      if (row.outputs().isEmpty()) {
        assertThat(result.exitCode()).isEqualTo(1);
        return;
      }
      assertThat(result.exitCode()).as("%s", result.log()).isZero();
      List<String> written =
          Stream.of("tag", "version", "tag-name")
              .map(name -> result.outputs().getOrDefault(name, ""))
              .toList();
      assertThat(written)
          .isEqualTo(row.outputs().stream().map(cell -> withDigits(cell, head)).toList());
    }
  }

  private StepResult run(Row row, FakeGitHub gitHub, String head) {
    return new ProcessRunner(JobFolders.in(folder)).run(step(row.template(), gitHub, head));
  }

  private static ContainerStep step(String template, FakeGitHub gitHub, String head) {
    Map<String, String> environment =
        Map.of(
            "INPUT_TAG",
            template,
            "INPUT_GITHUB-TOKEN",
            Canaries.GITHUB_TOKEN,
            "GITHUB_API_URL",
            gitHub.apiUrl().toString(),
            "GITHUB_REPOSITORY",
            "acme/shop",
            "GITHUB_SHA",
            head,
            "GITHUB_REF_NAME",
            "feature/x",
            "GITHUB_REF",
            "refs/heads/feature/x",
            "GITHUB_RUN_NUMBER",
            "4");
    return ContainerStep.with(environment);
  }

  private static String withDigits(String cell, String head) {
    return cell.replace(SHA, head.substring(0, 8))
        .replace(SHA.substring(0, 7), head.substring(0, 7));
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
