package dev.slipway.argocd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.argocd.Answer.Refused;
import dev.slipway.argocd.Answer.Unavailable;
import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.UntrustedServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/// The few requests to Argo CD that a wait needs;
/// [reference](https://argo-cd.readthedocs.io/en/stable/developer-guide/api-docs/). Nothing is
/// repeated here: the next look is the repetition.
public final class ArgoCdServer {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  // An application is bounded by etcd's 1.5 MB; lists of manifests are not.
  private static final int APPLICATION_BYTES = 8 << 20;
  private static final int LIST_BYTES = 32 << 20;
  // https://datatracker.ietf.org/doc/html/rfc6750#section-2.1
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");

  private final ServerAddress address;
  private final Secret token;
  private final Pace pace;
  private final HttpClient client;

  private ArgoCdServer(ServerAddress address, Secret token, Pace pace) {
    this.address = address;
    this.token = token;
    this.pace = pace;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(pace.answer(CONNECT))
            // A redirect would carry the token to whatever host it names.
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    // The proxy's login; this client does not take the JVM's default by itself.
    Optional.ofNullable(Authenticator.getDefault()).ifPresent(builder::authenticator);
    this.client = builder.build();
  }

  /// The server at `server`, spoken to with `token`, through the JVM's default proxy selector and
  /// trust store. Sends nothing yet.
  ///
  /// @param server `https://argocd.example.com`, with or without scheme and path
  /// @throws dev.slipway.problem.ActionException when either cannot be used
  public static ArgoCdServer at(String server, Secret token, Pace pace) {
    ServerAddress address = ServerAddress.parse(server);
    // The HTTP client would quote a header value that it refuses.
    if (!TOKEN.matcher(token.reveal()).matches()) {
      throw ArgoCdProblems.noToken();
    }
    return new ArgoCdServer(address, token, pace);
  }

  /// The application as it is.
  Answer application(ApplicationName name, Duration limit) {
    return get(path(name, "", ""), APPLICATION_BYTES, limit);
  }

  /// Has Argo CD compare the application with the newest commit, and answers when it has. A stuck
  /// controller lets this run into its limit.
  Answer refresh(ApplicationName name, Duration limit) {
    return get(path(name, "", "refresh=normal"), APPLICATION_BYTES, limit);
  }

  /// The manifests, as in Git and as in the cluster.
  Answer managedResources(ApplicationName name, Duration limit) {
    return get(path(name, "/managed-resources", ""), LIST_BYTES, limit);
  }

  /// Everything that belongs to the application, down to the pods.
  Answer resourceTree(ApplicationName name, Duration limit) {
    return get(path(name, "/resource-tree", ""), LIST_BYTES, limit);
  }

  /// The windows that allow and deny syncs.
  Answer syncWindows(ApplicationName name, Duration limit) {
    return get(path(name, "/syncwindows", ""), APPLICATION_BYTES, limit);
  }

  /// Starts a sync to the newest commit of the target revision.
  ///
  /// @param run shown at the operation
  Answer sync(ApplicationName name, URI run, Duration limit) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    name.namespace().ifPresent(namespace -> body.put("appNamespace", namespace));
    body.putArray("infos").addObject().put("name", "Started by").put("value", run.toString());
    return send(
        request("/api/v1/applications/" + name.name() + "/sync")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())),
        APPLICATION_BYTES,
        limit);
  }

  @Override
  public String toString() {
    return address.toString();
  }

  /// Names are Kubernetes names, which need no escaping.
  private static String path(ApplicationName name, String below, String query) {
    String namespace = name.namespace().map(text -> "appNamespace=" + text).orElse("");
    String both = namespace + (namespace.isEmpty() || query.isEmpty() ? "" : "&") + query;
    return "/api/v1/applications/" + name.name() + below + (both.isEmpty() ? "" : "?" + both);
  }

  private Answer get(String path, int bytes, Duration limit) {
    return send(request(path).GET(), bytes, limit);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .header("Authorization", "Bearer " + token.reveal())
        .header("Accept", "application/json")
        .header("User-Agent", "slipway");
  }

  /// The limit holds for the whole answer; the client's own would end with its headers.
  private Answer send(HttpRequest.Builder request, int bytes, Duration limit) {
    pace.ending().pass();
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytes));
    try {
      long millis = pace.answer(limit).toMillis();
      return withoutToken(Answers.read(pending.get(millis, TimeUnit.MILLISECONDS)));
    } catch (TimeoutException _) {
      pending.cancel(true);
      return new Unavailable("no answer within %d s".formatted(limit.toSeconds()), Duration.ZERO);
    } catch (ExecutionException e) {
      return failed(e);
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw Ticker.interrupted(e);
    }
  }

  /// Whatever answers may quote what it was sent.
  private Answer withoutToken(Answer answer) {
    return switch (answer) {
      case Answer.Found found -> found;
      case Refused(Answer.Refusal refusal, String message) ->
          new Refused(refusal, message.replace(token.reveal(), token.toString()));
      case Unavailable(String why, Duration retryAfter) ->
          new Unavailable(why.replace(token.reveal(), token.toString()), retryAfter);
    };
  }

  private static Answer failed(ExecutionException failure) {
    return switch (failure.getCause()) {
      case SSLHandshakeException e -> new Refused(Answer.Refusal.UNTRUSTED, reason(e));
      case IOException e -> new Unavailable(message(e), Duration.ZERO);
      case null, default -> throw new IllegalStateException(failure);
    };
  }

  private static String reason(SSLHandshakeException e) {
    return UntrustedServer.in(e).map(UntrustedServer::why).orElseGet(() -> message(e));
  }

  private static String message(IOException e) {
    String text = e.getMessage();
    return Texts.line(text == null ? e.getClass().getSimpleName() : text);
  }
}
