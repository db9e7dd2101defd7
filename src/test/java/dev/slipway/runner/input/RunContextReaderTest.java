package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.delivery.RunContext;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.GoldenFile;
import dev.slipway.runner.Variables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests which commit an event is about, and whether strangers stand behind it.
class RunContextReaderTest {
  private static final String PUSHED = "1".repeat(40);
  private static final String HEAD = "a".repeat(40);

  private final Variables environment = Variables.ofRun();

  @TempDir Path folder;

  @Test
  void readsAPush() {
    RunContext context = read();

    assertThat(context.repository()).hasToString("acme/shop");
    assertThat(context.commit().value()).isEqualTo(PUSHED);
    assertThat(context.branch()).isEqualTo("main");
    assertThat(context.eventTag()).isEmpty();
    assertThat(context.foreign()).isFalse();
    assertThat(context.actor()).isEqualTo("octocat");
    assertThat(context.apiUrl()).isEqualTo(URI.create("https://api.github.com"));
    assertThat(context.runUrl())
        .isEqualTo(URI.create("https://github.com/acme/shop/actions/runs/42"));
  }

  @Test
  void readsAPushedTag() {
    environment.with("GITHUB_REF", "refs/tags/shop/v1.2.3").with("GITHUB_REF_NAME", "shop/v1.2.3");

    assertThat(read().eventTag()).contains("shop/v1.2.3");
  }

  @ParameterizedTest
  @CsvSource({
    "pull_request, pull-request, false, feature/cart",
    "pull_request, pull-request-of-a-fork, true, feature/cart",
    "pull_request, pull-request-of-a-deleted-fork, true, feature/cart",
    "pull_request_review, pull-request, false, feature/cart",
    "pull_request_target, pull-request, true, feature/cart",
    "pull_request_target, pull-request-of-a-fork, true, feature/cart",
    "workflow_run, workflow-run, false, main",
    "workflow_run, workflow-run-of-a-fork, true, main",
  })
  void takesTheHeadCommitAndKnowsStrangers(
      String event, String payload, boolean foreign, String branch) {
    event(event, payload)
        .with("GITHUB_REF", "refs/pull/7/merge")
        .with("GITHUB_REF_NAME", "7/merge");

    RunContext context = read();

    assertThat(context.commit().value()).isEqualTo(HEAD);
    assertThat(context.foreign()).isEqualTo(foreign);
    assertThat(context.branch()).isEqualTo(branch);
  }

  @Test
  void theInputWinsOverTheEvent() {
    event("pull_request", "pull-request").with(Input.COMMIT_SHA, "D".repeat(40));

    assertThat(read().commit().value()).isEqualTo("d".repeat(40));
  }

  @Test
  void theInputWinsOverAnEventThatNamesNoCommit() {
    event("pull_request", "pull-request-without-head").with(Input.COMMIT_SHA, "d".repeat(40));

    assertThat(read().commit().value()).isEqualTo("d".repeat(40));
    assertThat(read().foreign()).isTrue();
  }

  @Test
  void anotherCommitIsNotTheTagsCommit() {
    environment.with("GITHUB_REF", "refs/tags/v1.2.3").with(Input.COMMIT_SHA, "d".repeat(40));

    assertThat(read().eventTag()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "a1b2c3d", "v1.2.3", "HEAD"})
  void refusesACommitThatIsNoFullName(String given) {
    environment.with(Input.COMMIT_SHA, given);

    assertThat(problems())
        .extracting(Problem::what)
        .containsExactly("The input `commit-sha` cannot be `%s`".formatted(given));
  }

  @Test
  void saysSoWhenThePayloadNamesNoCommit() {
    event("pull_request", "pull-request-without-head");

    assertThat(problems())
        .extracting(Problem::what)
        .containsExactly("The event that started the run names no commit");
  }

  @Test
  void reportsEverythingThatIsMissingAtOnce() {
    List<Problem> problems =
        Optional.ofNullable(
                catchThrowableOfType(
                    ActionException.class, () -> new RunContextReader(new Variables()).read()))
            .map(ActionException::problems)
            .orElse(List.of());

    assertThat(problems)
        .extracting(Problem::what)
        .containsExactly(
            "The variable GITHUB_REPOSITORY cannot be used",
            "The variable GITHUB_EVENT_NAME cannot be used");
  }

  @Test
  void refusesAPayloadThatIsNoJson() throws IOException {
    payload("{\"pull_request\": ");

    assertThat(problems()).singleElement().extracting(Problem::why).asString().contains("JSON");
  }

  @Test
  void refusesAPayloadThatIsTooDeep() throws IOException {
    payload("[".repeat(100_000));

    assertThat(problems()).singleElement().extracting(Problem::why).asString().contains("depth");
  }

  @Test
  void refusesAPayloadThatIsNotThere() {
    environment
        .with("GITHUB_EVENT_NAME", "pull_request")
        .with("GITHUB_EVENT_PATH", folder.resolve("missing").toString());

    assertThat(problems()).singleElement().extracting(Problem::why).asString().contains("opened");
  }

  @Test
  void speaksToNoApiWithoutTls() {
    environment.with("GITHUB_API_URL", "http://github.example.com/api/v3");

    assertThat(problems()).singleElement().extracting(Problem::why).asString().contains("TLS");
  }

  private void payload(String json) throws IOException {
    environment
        .with("GITHUB_EVENT_NAME", "pull_request")
        .with(
            "GITHUB_EVENT_PATH", Files.writeString(folder.resolve("event.json"), json).toString());
  }

  private Variables event(String name, String payload) {
    return environment
        .with("GITHUB_EVENT_NAME", name)
        .with("GITHUB_EVENT_PATH", GoldenFile.fixture("events/" + payload + ".json").toString());
  }

  private RunContext read() {
    return new RunContextReader(environment).read();
  }

  private List<Problem> problems() {
    return Optional.ofNullable(catchThrowableOfType(ActionException.class, this::read))
        .map(ActionException::problems)
        .orElse(List.of());
  }
}
