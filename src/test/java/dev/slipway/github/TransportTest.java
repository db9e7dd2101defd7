package dev.slipway.github;

import static dev.slipway.github.GitOpsWorld.FILE;
import static dev.slipway.github.Thrown.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.Fault;
import dev.slipway.sandbox.RecordedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens between us and GitHub when the way, or GitHub, is in trouble.
class TransportTest {
  private static final String BLOB = "/git/blobs/";

  private final GitOpsWorld world = new GitOpsWorld();

  @AfterEach
  void stop() {
    world.close();
  }

  private void fault(String request, int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      world.gitHub.fault(request, fault);
    }
  }

  private static Fault limited(int status, Map<String, String> headers) {
    return new Fault.Instead(status, headers, "{\"message\":\"API rate limit exceeded\"}");
  }

  private static String epoch(Duration fromNow) {
    return Long.toString(Instant.now().plus(fromNow).getEpochSecond());
  }

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
    fault(BLOB, 4, Fault.status(503));

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
    fault(BLOB, 9, Fault.status(503));

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
    fault(
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
  void doesNotFollowARedirectWithTheToken() {
    try (FakeGitHub other = FakeGitHub.start()) {
      world.gitHub.fault(
          BLOB, new Fault.Instead(302, Map.of("Location", other.apiUrl() + "/blob"), ""));

      Problem problem = problemOf(world::read);

      assertThat(problem.what()).isEqualTo("acme/gitops has moved");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void doesNotFollowARedirectOfAWrite() {
    world.gitHub.fault(
        "/git/refs",
        new Fault.Instead(301, Map.of("Location", world.gitHub.apiUrl() + "/elsewhere"), ""));

    Problem problem = problemOf(() -> world.propose("v2"));

    assertThat(problem.what()).isEqualTo("acme/gitops has moved");
    assertThat(world.gitHub.requests())
        .extracting(RecordedRequest::path)
        .doesNotContain("/elsewhere");
  }

  @Test
  void sendsTheTokenWithEveryRequestAndAsksNothingAboutItsUser() {
    world.propose("v2");

    assertThat(world.gitHub.requests())
        .extracting(RecordedRequest::token)
        .containsOnly(Optional.of(GitOpsWorld.TOKEN));
    assertThat(world.gitHub.requests()).extracting(RecordedRequest::path).doesNotContain("/user");
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    URI address;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }
    var repository =
        new GitHubApi(
                address,
                Optional.of(new Secret(GitOpsWorld.TOKEN)),
                Patience.USUAL,
                new StoppedClock())
            .gitOpsRepository(RepositoryName.parse(GitOpsWorld.NAME));

    Problem problem = problemOf(() -> repository.read(Optional.empty(), Set.of(FILE)));

    assertThat(problem.what()).isEqualTo("GitHub at 127.0.0.1 does not answer");
    assertThat(problem.why()).isEqualTo("no connection could be opened (ConnectException)");
  }

  @Test
  void saysThatTheConnectionIsNotSecure() {
    WireMockServer untrusted =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort());
    untrusted.start();
    try {
      var tags =
          new GitHubApi(
                  URI.create("https://127.0.0.1:" + untrusted.httpsPort()),
                  Optional.empty(),
                  Patience.USUAL,
                  world.clock)
              .tagHistory(RepositoryName.parse("acme/shop"));

      Problem problem = problemOf(tags::tags);

      assertThat(problem.what()).isEqualTo("There is no secure connection to 127.0.0.1");
      assertThat(problem.fix()).contains("`ca-certificates`");
      assertThat(world.clock.pauses()).isEmpty();
    } finally {
      untrusted.stop();
    }
  }

  @Test
  void stopsWhenTheRunIsCancelled() {
    Thread.currentThread().interrupt();

    Problem problem = problemOf(world::read);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(problem.what()).isEqualTo("The run was cancelled");
  }

  @Test
  void noticesAnAnswerThatIsNotGitHubs() {
    world.gitHub.fault(
        "BaseBranch", new Fault.Instead(200, Map.of(), "<html>Please log in</html>"));

    Problem problem = problemOf(world::read);

    assertThat(problem.what()).isEqualTo("GitHub's answer cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.github.com",
        "http://127.0.0.1.example.com",
        "ftp://api.github.com",
        "https://user:secret@api.github.com",
        "https://api.github.com?x=1",
        "https:api.github.com"
      })
  void refusesAnAddressThatWouldLeakTheToken(String address) {
    Problem problem =
        problemOf(() ->
            GitHubApi.at(
                URI.create(address), Optional.of(new Secret("ghs_x")), Pace.of(Ticker.system())));

    assertThat(problem.what()).isEqualTo("The address of GitHub's API cannot be used");
    assertThat(problem.why()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.github.com, https://api.github.com/graphql",
    "https://api.github.com/, https://api.github.com/graphql",
    "https://api.acme.ghe.com, https://api.acme.ghe.com/graphql",
    "https://ghe.acme.com/api/v3, https://ghe.acme.com/api/graphql",
    "https://ghe.acme.com/api/v3/, https://ghe.acme.com/api/graphql",
    "http://127.0.0.1:8080, http://127.0.0.1:8080/graphql",
    "http://[::1]:8080, http://[::1]:8080/graphql"
  })
  void findsGraphQlBesideRest(String rest, String graphQl) {
    assertThat(ApiAddress.of(URI.create(rest)).graphQl()).isEqualTo(URI.create(graphQl));
  }
}
