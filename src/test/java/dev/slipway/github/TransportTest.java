package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens between us and GitHub when the way, or GitHub, is in trouble.
class TransportTest {
  private static final String BLOB = "/git/blobs/";

  @AutoClose private final GitOpsWorld world = new GitOpsWorld();

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 500, 502, 503, 504})
  void sendsAReadAgainAfterAFault(int status) {
    world.gitHub.fault(BLOB, Fault.status(status));
    world.gitHub.fault("BaseBranch", Fault.status(status));

    assertThat(world.read().files()).containsKey(FILE);
    assertThat(world.clock.pauses()).hasSize(2);
  }

  @Test
  void sendsAReadAgainAfterABrokenConnection() {
    world.gitHub.fault("BaseBranch", new Fault.Broken());

    assertThat(world.read().files()).containsKey(FILE);
  }

  @Test
  void pausesLongerEachTimeWithFullJitter() {
    world.fault(BLOB, 4, Fault.status(503));

    world.read();

    // Half of 1, 2, 4 and 8 seconds, because the dice show one half.
    assertThat(world.clock.pauses())
        .containsExactly(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));
  }

  @Test
  void givesUpAfterSixAttempts() {
    world.fault(BLOB, 9, Fault.status(503));

    Problem problem = problemOf(world::read);

    assertThat(problem)
        .isEqualTo(
            new Problem(
                "GitHub at 127.0.0.1 is not working",
                "it answered with status 503",
                "Run the step again; what is done already is not done twice. See https://www.githubstatus.com"));
    assertThat(world.gitHub.requests())
        .filteredOn(request -> request.path().contains(BLOB))
        .hasSize(6);
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    world.gitHub.fault(BLOB, new Fault.Instead(503, Map.of("Retry-After", "7"), ""));

    world.read();

    assertThat(world.clock.pauses()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void understandsADateToWaitUntilByTheServersOwnClock() {
    DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    Instant serverTime = Instant.now().minus(2, ChronoUnit.HOURS);
    world.gitHub.fault(
        BLOB,
        new Fault.Instead(
            503,
            Map.of(
                "Date", format.format(serverTime),
                "Retry-After", format.format(serverTime.plusSeconds(9))),
            ""));

    world.read();

    assertThat(world.clock.pauses()).containsExactly(Duration.ofSeconds(9));
  }

  @Test
  void givesUpWhenTheServerAsksForTooLong() {
    world.gitHub.fault(BLOB, new Fault.Instead(503, Map.of("Retry-After", "600"), ""));

    assertThat(problemOf(world::read).what()).isEqualTo("GitHub at 127.0.0.1 is not working");
    assertThat(world.clock.pauses()).isEmpty();
  }

  @Test
  void takesNoAnswerThatTheHeapCouldNotHold() {
    world.fault(BLOB, 9, new Fault.Instead(200, Map.of(), " ".repeat(17 * 1024 * 1024)));

    assertThat(problemOf(world::read).why()).contains("the answer is larger than 16777216 bytes");
  }

  @Test
  void doesNotWaitForEverForAnAnswerThatStalls() {
    world.gitHub.fault(BLOB, new Fault.Stalled(Duration.ofSeconds(30)));
    Patience impatient =
        new Patience(
            Duration.ofSeconds(5),
            Duration.ofMillis(700),
            Duration.ofSeconds(90),
            Duration.ofSeconds(60));

    var files =
        new GitHubApi(
                world.gitHub.apiUrl(),
                Optional.of(new Secret(GitOpsWorld.TOKEN)),
                impatient,
                world.clock)
            .gitOpsRepository(RepositoryName.parse(GitOpsWorld.NAME))
            .read(Optional.empty(), Set.of(FILE))
            .files();

    assertThat(files).containsKey(FILE);
    assertThat(world.clock.pauses()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"403, BaseBranch", "429, BaseBranch", "403, CommitOnBranch", "429, git/refs"})
  void waitsForALimitThatEndsSoon(int status, String request) {
    world.gitHub.fault(
        request,
        limited(
            status,
            Map.of(
                "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", epoch(Duration.ofSeconds(20)))));

    world.propose("v2");

    assertThat(world.repository.pullRequests()).hasSize(1);
    assertThat(world.clock.pauses())
        .singleElement()
        .satisfies(
            pause -> assertThat(pause).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(22)));
  }

  @Test
  void saysAtOnceWhenALimitEndsLater() {
    Instant end = Instant.now().plus(40, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
    world.gitHub.fault(
        "BaseBranch",
        limited(
            403,
            Map.of(
                "X-RateLimit-Remaining",
                "0",
                "X-RateLimit-Reset",
                Long.toString(end.getEpochSecond()))));

    Problem problem = problemOf(world::read);

    assertThat(problem.what()).isEqualTo("GitHub's rate limit is reached");
    assertThat(problem.why())
        .contains("the limit ends at " + end.toString().substring(0, "2026-01-01T00:0".length()));
    assertThat(world.clock.pauses()).isEmpty();
  }

  @Test
  void waitsAMinuteWhereGitHubDoesNotSayHowLongButOnlyOnce() {
    world.fault(
        "BaseBranch",
        2,
        new Fault.Instead(
            403, Map.of(), "{\"message\":\"You have exceeded a secondary rate limit.\"}"));

    Problem problem = problemOf(world::read);

    assertThat(problem.what()).isEqualTo("GitHub's rate limit is reached");
    assertThat(world.clock.pauses()).containsExactly(Duration.ofMinutes(1));
  }

  @Test
  void knowsTheLimitThatGraphQlReportsWithStatus200() {
    world.gitHub.fault(
        "BaseBranch",
        new Fault.Instead(
            200,
            Map.of("Retry-After", "5"),
            "{\"errors\":[{\"type\":\"RATE_LIMITED\",\"message\":\"API rate limit exceeded\"}]}"));

    world.read();

    assertThat(world.clock.pauses()).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void sendsAQueryAgainThatGitHubCouldNotFinish() {
    world.gitHub.fault(
        "BaseBranch",
        Fault.graphQlError(
            "", "Something went wrong while executing your query. This may be a timeout."));

    assertThat(world.read().files()).containsKey(FILE);
  }

  @Test
  void stopsWhenTheRunIsCancelled() {
    Thread.currentThread().interrupt();

    Problem problem = problemOf(world::read);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(problem.what()).isEqualTo("The run was cancelled");
  }

  private static Fault limited(int status, Map<String, String> headers) {
    return new Fault.Instead(status, headers, "{\"message\":\"API rate limit exceeded\"}");
  }

  private static String epoch(Duration fromNow) {
    return Long.toString(Instant.now().plus(fromNow).getEpochSecond());
  }
}
