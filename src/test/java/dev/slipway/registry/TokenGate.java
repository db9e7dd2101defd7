package dev.slipway.registry;

import dev.slipway.sandbox.RecordingProxy.Request;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A registry's way to want tokens:
/// [specification](https://distribution.github.io/distribution/spec/auth/token/).
final class TokenGate implements Function<Request, Optional<WireFault>> {
  /// How every token begins. Must appear in no output.
  static final String TOKEN = "canary-token-";

  private final String realm;
  private final AtomicInteger issued = new AtomicInteger();

  /// @param realm the URL that gives tokens
  TokenGate(String realm) {
    this.realm = realm;
  }

  int issued() {
    return issued.get();
  }

  /// Lets the tokens issued so far expire.
  void expire() {
    issued.incrementAndGet();
  }

  @Override
  public Optional<WireFault> apply(Request request) {
    String login = request.headers().getOrDefault("Authorization", "");
    if (request.path().startsWith("/token")) {
      return Optional.of(token(login));
    }
    return login.equals("Bearer " + TOKEN + issued) ? Optional.empty() : Optional.of(refusal());
  }

  /// What a request gets whose token is missing, old or not enough.
  WireFault refusal() {
    return WireFault.with(
        WireFault.refusal(401, "UNAUTHORIZED", "authentication required"),
        "WWW-Authenticate",
        "Bearer realm=\"%s\",service=\"sandbox\"".formatted(realm));
  }

  private WireFault token(String login) {
    if (!login.equals(RegistryServer.authorization("slipway"))) {
      return WireFault.refusal(403, "DENIED", "denied");
    }
    String body = "{\"token\":\"%s%d\"}".formatted(TOKEN, issued.incrementAndGet());
    return new WireFault.Answer(200, Map.of("Content-Type", "application/json"), body);
  }
}
