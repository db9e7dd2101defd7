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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom the transport speaks to, and how it finds out that nobody, or somebody else, answers.
class GitHubAddressesTest {
  private static final String BLOB = "/git/blobs/";

  @AutoClose private final GitOpsWorld world = new GitOpsWorld();

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
