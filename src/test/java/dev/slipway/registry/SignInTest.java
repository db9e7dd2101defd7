package dev.slipway.registry;

import static dev.slipway.registry.PushFaultsTest.problemOf;
import static dev.slipway.registry.PushSandbox.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Secret;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.RecordingProxy.Request;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How a push signs in: with a password, with a token in exchange for it, and what a refusal says.
class SignInTest extends LoginTest {
  private static final Login WRONG = new Login("slipway", new Secret("canary-wrong-password"));

  @Test
  void sendsThePasswordWhereTheRegistryWantsIt() {
    try (PushSandbox sandbox = new PushSandbox(guarded)) {
      sandbox.push(sandbox.run(LOGIN, image), "acme/basic", "1.0.0");

      assertThat(sandbox.get("acme/basic/manifests/1.0.0").body()).isEqualTo(image.manifest());
      assertThat(sandbox.proxy.count("GET", "/v2/")).isEqualTo(3);
    }
  }

  @Test
  void refusesAWrongPasswordInTheCheck() {
    try (PushSandbox sandbox = new PushSandbox(guarded)) {
      JibImageRegistry run = sandbox.run(WRONG, image);

      Problem problem = problemOf(() -> run.check(run.name("acme/wrong")));

      assertThat(problem.what()).isEqualTo(sandbox.proxy.host() + " refused the login");
      assertThat(problem.fix()).contains("registry-username", "registry-password");
    }
  }

  @Test
  void wantsALoginFromTheAuthorWhereTheRegistryDoes() {
    try (PushSandbox sandbox = new PushSandbox(guarded)) {
      Problem problem = problemOf(() -> sandbox.push(image, "acme/nobody", "1.0.0"));

      assertThat(problem.what()).endsWith("refused the login");
    }
  }

  @Test
  void wantsALoginForEveryRegistryElsewhere() {
    Problem problem =
        problemOf(() -> new OtherRegistry("registry.example.com", Optional.empty()).login());

    assertThat(problem.what()).isEqualTo("There is no login for registry.example.com");
    assertThat(problem.fix()).contains("registry-username");
  }

  @Test
  void tradesThePasswordForAToken() {
    TokenGate gate = new TokenGate("http://" + sandbox.proxy.host() + "/token");
    sandbox.proxy.always(gate);

    sandbox.push(sandbox.run(LOGIN, image), "acme/token", "1.0.0");

    assertThat(gate.issued()).isEqualTo(1);
    assertThat(sandbox.get("acme/token/manifests/1.0.0").body()).isEqualTo(image.manifest());
    assertThat(sandbox.requestsWithAPassword())
        .map(Request::path)
        .containsExactly("/token?service=sandbox&scope=repository:acme/token:pull,push");
  }

  @Test
  void getsOneNewTokenWhenItExpiresDuringThePush() {
    TokenGate gate = new TokenGate("http://" + sandbox.proxy.host() + "/token");
    sandbox.proxy.always(gate);
    JibImageRegistry run = sandbox.run(LOGIN, image);
    run.check(run.name("acme/expired"));
    gate.expire();

    sandbox.push(run, "acme/expired", "1.0.0");

    assertThat(sandbox.proxy.count("GET", "/token")).isEqualTo(2);
    assertThat(sandbox.get("acme/expired/manifests/1.0.0").body()).isEqualTo(image.manifest());
  }

  @Test
  void saysWhenThePasswordBuysNoToken() {
    sandbox.proxy.always(new TokenGate("http://" + sandbox.proxy.host() + "/token"));
    JibImageRegistry run = sandbox.run(WRONG, image);

    Problem problem = problemOf(() -> run.check(run.name("acme/denied")));

    assertThat(problem.what()).endsWith("refused the login");
    assertThat(problem.why()).isEqualTo("it answered with status 403: denied");
  }

  @Test
  void tellsATokenThatIsNotEnoughFromNoToken() {
    TokenGate gate = new TokenGate("http://" + sandbox.proxy.host() + "/token");
    sandbox.proxy.always(request ->
        request.is("POST", "/uploads/") ? Optional.of(gate.refusal()) : gate.apply(request));
    JibImageRegistry run = sandbox.run(LOGIN, image);

    Problem problem = problemOf(() -> sandbox.push(run, "acme/readonly", "1.0.0"));

    assertThat(problem.what()).endsWith("does not allow the push to acme/readonly");
  }
}
