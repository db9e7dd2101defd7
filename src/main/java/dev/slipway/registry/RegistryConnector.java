package dev.slipway.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.http.PooledHttpClient;
import com.google.cloud.tools.jib.registry.PushClient;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.SecretKeeper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Connects to repositories and signs in.
///
/// @param secrets told everything that is secret before it is used
record RegistryConnector(Retry retry, SecretKeeper secrets) {
  /// A connection to the repository, over which nothing was written yet.
  RegistryConnection open(Destination to) throws RegistryFailure {
    RegistryAddress address = to.registry().address();
    RegistryLogin login = to.registry().login();
    var http =
        new PooledHttpClient(
            RegistryConnection.CONCURRENCY,
            address.plainHttp(),
            url -> {
              if (!address.trusts(url)) {
                throw new ForeignServer(url.getHost());
              }
            });
    var client =
        new PushClient(
            new PushClient.Repository(address.scheme(), address.host(), to.name().repository()),
            http,
            credential(login));
    return new RegistryConnection(http, client, retry, signIn(client, login));
  }

  /// What to sign in with, hidden; null: nobody in particular.
  @Nullable Credential credential(RegistryLogin login) {
    return switch (login) {
      case RegistryLogin.Anonymous _ -> null;
      case RegistryLogin.Password(Login known) -> hidden(known);
      case RegistryLogin.OnRequest(Login known) -> hidden(known);
    };
  }

  private Credential hidden(Login login) {
    String password = login.password().reveal();
    String pair = login.username() + ":" + password;
    secrets.hide(login.password());
    secrets.hide(
        new Secret(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    return Credential.from(login.username(), password);
  }

  private boolean signIn(PushClient client, RegistryLogin login) throws RegistryFailure {
    return switch (login) {
      case RegistryLogin.Anonymous _ -> false;
      case RegistryLogin.Password _ -> {
        client.signInWithPassword();
        yield false;
      }
      case RegistryLogin.OnRequest _ ->
          retry.call(_ -> client.signIn(token -> secrets.hide(new Secret(token))));
    };
  }
}
