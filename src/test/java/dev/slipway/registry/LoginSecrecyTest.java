package dev.slipway.registry;

import static dev.slipway.registry.PushFaultsTest.problemOf;
import static dev.slipway.registry.PushSandbox.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Secret;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets to see the login, and who does not: other servers, logs and messages.
class LoginSecrecyTest extends LoginTest {
  @Test
  void showsThePasswordToNobodyElse() {
    try (RecordingProxy thief = RecordingProxy.before(open.host())) {
      String realm = "http://" + thief.host().replace("127.0.0.1", "localhost") + "/token";
      thief.always(new TokenGate(realm));
      sandbox.proxy.always(new TokenGate(realm));
      JibImageRegistry run = sandbox.run(LOGIN, image);

      Problem problem = problemOf(() -> run.check(run.name("acme/thief")));

      assertThat(problem.what()).endsWith("wants its login to be sent to localhost");
      assertThat(thief.requests()).isEmpty();
      assertThat(sandbox.time.pauses).isEmpty();
    }
  }

  @Test
  void givesAnIdentityTokenToNobody() {
    Login login = new Login("<token>", new Secret("canary-identity-token"));
    try (RecordingProxy thief = RecordingProxy.before(open.host())) {
      TokenGate gate = new TokenGate("http://" + thief.host() + "/token");
      thief.always(gate);
      sandbox.proxy.always(gate);
      JibImageRegistry run = sandbox.run(login, image);

      Problem problem = problemOf(() -> run.check(run.name("acme/identity")));

      assertThat(problem.what()).isEqualTo("`registry-username` is `<token>`, which is no name");
      assertThat(problem.fix()).contains("`registry-password`");
      assertThat(thief.requests()).isEmpty();
      assertThat(sandbox.proxy.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://tokens.invalid/token",
        "https://127.0.0.1.tokens.invalid/token",
        "https://127.0.0.1@tokens.invalid/token",
        "http://tokens.invalid/token",
        "//tokens.invalid/token"
      })
  void showsTheLoginToNoServerOfAnotherName(String realm) {
    sandbox.proxy.always(new TokenGate(realm));
    JibImageRegistry run = sandbox.run(LOGIN, image);

    Throwable thrown = catchThrowable(() -> run.check(run.name("acme/realm")));

    assertThat(thrown).isInstanceOf(ActionException.class);
    assertThat(sandbox.requestsWithAPassword()).isEmpty();
    assertThat(sandbox.time.pauses).isEmpty();
  }

  @Test
  void sendsNoUploadWithTheLoginToAnotherServer() {
    try (RecordingProxy thief = RecordingProxy.before(open.host());
        PushSandbox sandbox = new PushSandbox(guarded)) {
      String location = "http://" + thief.host().replace("127.0.0.1", "localhost") + "/upload";
      sandbox.proxy.inject(
          request -> request.is("POST", "/blobs/uploads/"),
          WireFault.with(WireFault.status(202), "Location", location));
      JibImageRegistry run = sandbox.run(LOGIN, image);

      Problem problem = problemOf(() -> sandbox.push(run, "acme/upload", "1.0.0"));

      assertThat(problem.what()).endsWith("wants its login to be sent to localhost");
      assertThat(thief.requests()).isEmpty();
    }
  }

  @Test
  void followsRedirectsWithoutTheLogin() {
    try (RecordingProxy store = RecordingProxy.before(open.host());
        PushSandbox sandbox = new PushSandbox(guarded)) {
      sandbox.proxy.inject(
          request -> request.is("HEAD", "/blobs/"),
          WireFault.with(
              WireFault.status(307), "Location", "http://" + store.host() + "/elsewhere"));

      sandbox.push(sandbox.run(LOGIN, image), "acme/redirect", "1.0.0");

      assertThat(store.requests()).hasSize(1);
      assertThat(store.requests().getFirst().headers()).doesNotContainKey("Authorization");
    }
  }

  @Test
  void hidesEverySecretBeforeItIsUsed() {
    sandbox.proxy.always(new TokenGate("http://" + sandbox.proxy.host() + "/token"));

    sandbox.push(sandbox.run(LOGIN, image), "acme/hidden", "1.0.0");

    assertThat(sandbox.hidden)
        .containsExactly(
            LOGIN.password(),
            new Secret(RegistryServer.authorization("slipway").substring("Basic ".length())),
            new Secret(TokenGate.TOKEN + 1));
  }

  @Test
  void putsNoSecretIntoAMessage() {
    try (PushSandbox sandbox = new PushSandbox(guarded)) {
      sandbox.proxy.inject(
          request -> request.is("POST", "/blobs/uploads/"), WireFault.refusal(403, "DENIED", "no"));
      JibImageRegistry run = sandbox.run(LOGIN, image);

      Throwable thrown = catchThrowable(() -> sandbox.push(run, "acme/silent", "1.0.0"));

      assertThat(thrown).isInstanceOf(ActionException.class);
      assertThat(Throwables.getStackTrace(thrown)).doesNotContain("canary");
      assertThat(((ActionException) thrown).problems().toString()).doesNotContain("canary");
    }
  }
}
