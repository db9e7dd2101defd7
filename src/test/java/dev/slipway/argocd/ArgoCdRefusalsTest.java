package dev.slipway.argocd;

import static dev.slipway.argocd.Waiting.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Argo CD, a gateway or the network refuse, and where the token goes.
class ArgoCdRefusalsTest {
  private final Waiting waiting = new Waiting();

  @AfterEach
  void stop() {
    waiting.close();
  }

  @ParameterizedTest
  @MethodSource
  void saysWhatToChange(Reply answer, String what, String why, String fix) {
    waiting.argoCd.on("GET shop", answer);

    List<Problem> problems = waiting.problems();

    assertThat(problems)
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).isEqualTo(what))
        .satisfies(problem -> assertThat(problem.why()).contains(why))
        .satisfies(problem -> assertThat(problem.fix()).contains(fix));
    assertThat(waiting.looks()).isEqualTo(3);
  }

  static Stream<Arguments> saysWhatToChange() {
    return Stream.of(
        arguments(
            Reply.error(403, 7, "permission denied"),
            "Argo CD does not show application `shop`",
            "permission denied. It says the same for an application that does not exist",
            "`p, ROLE, applications, get, PROJECT/shop, allow`"),
        arguments(
            Reply.error(404, 5, "applications.argoproj.io not found"),
            "Argo CD does not show application `shop`",
            "not found",
            "correct `argocd-applications`"),
        arguments(
            Reply.error(401, 16, "invalid session: token has expired"),
            "Argo CD does not accept the token",
            "invalid session: token has expired",
            "`argocd account generate-token`"),
        arguments(
            new Reply(401, "<html>sign in</html>", Map.of()),
            "Argo CD does not accept the token",
            "HTTP status 401",
            "`argocd-token`"),
        arguments(
            Reply.error(500, 7, "permission denied"),
            "Argo CD does not show application `shop`",
            "permission denied",
            "applications, get"),
        arguments(
            Reply.ok("<!doctype html><html></html>"),
            "`argocd-server` does not lead to Argo CD's API",
            "it answers with something else than JSON",
            "with the path where Argo CD has one"),
        arguments(
            new Reply(404, "404 page not found", Map.of()),
            "`argocd-server` does not lead to Argo CD's API",
            "HTTP status 404 without a word of Argo CD",
            "give the final address"),
        arguments(
            new Reply(302, "", Map.of("Location", "https://sso.example/login?state=secret")),
            "`argocd-server` does not lead to Argo CD's API",
            "it redirects to https://sso.example",
            "sign-in gateway"));
  }

  @Test
  void neverFollowsARedirectWithTheToken() {
    try (FakeArgoCd elsewhere = FakeArgoCd.start()) {
      waiting.argoCd.on(
          "GET shop",
          new Reply(
              307, "", Map.of("Location", elsewhere.uri() + "/api/v1/applications/shop?x=y")));

      Problem problem = waiting.problems().getFirst();

      assertThat(elsewhere.requests()).isEmpty();
      assertThat(problem.why()).endsWith("it redirects to http://127.0.0.1");
    }
  }

  @Test
  void sendsTheTokenInTheHeaderOnlyAndNeverRepeatsIt() {
    waiting.argoCd.on("GET shop", Reply.error(401, 16, "bad header Bearer " + TOKEN));

    List<Problem> problems = waiting.problems();

    assertThat(waiting.argoCd.requests())
        .allSatisfy(request -> assertThat(request.authorization()).isEqualTo("Bearer " + TOKEN))
        .allSatisfy(request -> assertThat(request.target()).doesNotContain(TOKEN));
    assertThat(problems.toString() + waiting.log + waiting.warnings)
        .contains("bad header Bearer ***")
        .doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "with blank", "ünicode", "quote\""})
  void refusesATokenThatNoHeaderCanCarryWithoutQuotingIt(String token) {
    ActionException refusal =
        catchThrowableOfType(
            ActionException.class,
            () ->
                ArgoCdServer.at("argocd.example.com", new Secret(token), Pace.of(Ticker.system())));

    assertThat(refusal.problems().toString())
        .contains("`argocd-token` is not a token")
        .doesNotContain(token);
  }

  @Test
  void saysWhenNobodyAnswers() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      waiting.server = "http://127.0.0.1:" + closed.getLocalPort();
    }

    Problem problem = waiting.problems().getFirst();

    assertThat(problem.what()).isEqualTo("Argo CD does not answer");
    assertThat(problem.why()).startsWith(waiting.server + ": ");
    assertThat(waiting.ticker.elapsed()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"})
  @Timeout(8)
  void givesUpOnAnAnswerThatDoesNotEnd(String beginning) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread silent = Thread.startVirtualThread(() -> hang(socket, beginning));
      ArgoCdServer server =
          ArgoCdServer.at(
              "http://127.0.0.1:" + socket.getLocalPort(),
              new Secret(TOKEN),
              Pace.of(Ticker.system()));

      Answer answer = server.application(ApplicationName.parse("shop"), Duration.ofMillis(200));

      assertThat(answer).isInstanceOf(Answer.Unavailable.class);
      assertThat(silent.isAlive()).isTrue();
    }
  }

  /// Begins an answer, and waits until the client has gone.
  private static void hang(ServerSocket socket, String beginning) {
    try (Socket connection = socket.accept()) {
      connection.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
      connection.getOutputStream().flush();
      socket.accept();
    } catch (IOException _) {
      // The test is over.
    }
  }

  @Test
  void readsNoMoreThanAnApplicationCanHold() {
    waiting.argoCd.on("GET shop", Reply.ok("{\"metadata\":\"" + "x".repeat(9 << 20) + "\"}"));
    waiting.limit = Duration.ofSeconds(5);

    Problem problem = waiting.problems().getFirst();

    assertThat(problem.what()).isEqualTo("Argo CD does not answer");
  }

  @Test
  void reportsTheSameRefusalOfSeveralApplicationsOnce() {
    waiting.applications = List.of("shop", "web");
    waiting.argoCd.on("GET shop", Reply.error(401, 16, "invalid session"));
    waiting.argoCd.on("GET web", Reply.error(401, 16, "invalid session"));

    assertThat(waiting.problems()).hasSize(1);
  }

  @Test
  void reportsTheRefusalsOfSeveralApplicationsTogether() {
    waiting.applications = List.of("shop", "web");

    assertThat(waiting.problems()).hasSize(2);
  }
}
