package dev.slipway.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.http.PooledHttpClient;
import com.google.cloud.tools.jib.registry.PushClient;
import com.google.cloud.tools.jib.registry.PushClient.Access;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.SecretKeeper;
import dev.slipway.image.ImageName;
import dev.slipway.registry.RegistryConnection.SignedIn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Connects to repositories and signs in.
///
/// @param secrets told everything that is secret before it is used
/// @param pace of the run
record RegistryConnector(Retry retry, SecretKeeper secrets, Pace pace) {
  /// As long as a registry may take to copy a whole layer to its store before it answers.
  static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

  static RegistryConnector at(Pace pace, SecretKeeper secrets) {
    return new RegistryConnector(Retry.at(pace), secrets, pace);
  }

  /// A way to the repository, over which nothing was written yet.
  ///
  /// @param http to the registry
  SignedIn open(Destination to, PooledHttpClient http) throws RegistryFailure {
    RegistryLogin login = to.registry().login();
    PushClient client =
        new PushClient(
            at(to.registry().address(), to.name()), Access.WRITE, http, credential(login));
    return new SignedIn(client, signIn(client, login));
  }

  /// A connection to a repository that is read only.
  SourceRepository open(Origin from) throws RegistryFailure {
    PooledHttpClient http = http(from.address());
    try {
      PushClient client =
          new PushClient(
              at(from.address(), from.name()), Access.READ, http, credential(from.login()));
      signIn(client, from.login());
      return new SourceRepository(from, http, client, retry);
    } catch (RegistryFailure | RuntimeException e) {
      http.shutDown();
      throw e;
    }
  }

  /// Connections to the registry, and to nobody else with a login.
  PooledHttpClient http(RegistryAddress address) {
    return new PooledHttpClient(
        RegistryConnection.CONCURRENCY,
        address.plainHttp(),
        (url, login) -> {
          pace.ending().pass();
          if (login && !address.trusts(url)) {
            throw new ForeignServer(url.getHost());
          }
        },
        pace.answer(LONGEST_ANSWER));
  }

  private static PushClient.Repository at(RegistryAddress address, ImageName name) {
    return new PushClient.Repository(address.scheme(), address.host(), name.repository());
  }

  /// What to sign in with, hidden; null: nobody in particular.
  private @Nullable Credential credential(RegistryLogin login) {
    return switch (login) {
      case RegistryLogin.Anonymous _, RegistryLogin.Guest _ -> null;
      case RegistryLogin.Password(Login known) -> hidden(known);
      case RegistryLogin.OnRequest(Login known) -> hidden(known);
    };
  }

  private Credential hidden(Login login) {
    String password = login.password().reveal();
    Credential credential = Credential.from(login.username(), password);
    if (credential.isOAuth2RefreshToken()) {
      // Jib would send it in the body of a request, to whichever server the registry names.
      throw SetupProblems.refreshToken(login.username());
    }
    String pair = login.username() + ":" + password;
    secrets.hide(login.password());
    secrets.hide(
        new Secret(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    return credential;
  }

  private boolean signIn(PushClient client, RegistryLogin login) throws RegistryFailure {
    return switch (login) {
      case RegistryLogin.Anonymous _ -> false;
      case RegistryLogin.Password _ -> {
        client.signInWithPassword();
        yield false;
      }
      case RegistryLogin.OnRequest _, RegistryLogin.Guest _ ->
          retry.call(_ -> client.signIn(token -> secrets.hide(new Secret(token))));
    };
  }
}
