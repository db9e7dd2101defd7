package dev.slipway.registry;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import dev.slipway.image.Attestations;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Tag;
import dev.slipway.registry.archive.ImageBuilder;
import dev.slipway.registry.archive.ImageSources;
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.RecordingProxy.Request;
import dev.slipway.sandbox.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

/// One test's way to a registry: a proxy that watches, time that flies, and what was to be hidden.
final class PushSandbox implements AutoCloseable {
  static final ImageBuilder NO_BUILDER =
      (source, _) -> {
        throw new AssertionError(source);
      };

  /// What servers with a login take.
  static final Login LOGIN = new Login("slipway", new Secret(RegistryServer.PASSWORD));

  private static final ImageSource SOURCE =
      new ImageSource.Archive("image.tar", Path.of("image.tar"));

  final RecordingProxy proxy;
  final FlyingTime time = new FlyingTime();
  final List<Secret> hidden = new CopyOnWriteArrayList<>();

  private final RegistryServer server;
  private final List<JibImageRegistry> opened = new CopyOnWriteArrayList<>();

  /// A way to `server`, which is left open.
  PushSandbox(RegistryServer server) {
    this.server = server;
    this.proxy = RecordingProxy.before(server.host());
  }

  /// A new run that pushes `image` to the registry behind the proxy, as nobody in particular.
  JibImageRegistry run(MadeImage image) {
    return run(new OtherRegistry(proxy.host(), Optional.empty()), image);
  }

  /// A new run that pushes `image` to the registry behind the proxy, with a login.
  JibImageRegistry run(Login login, MadeImage image) {
    return run(new OtherRegistry(proxy.host(), Optional.of(login)), image);
  }

  /// A new run that pushes `image` to `registry`.
  JibImageRegistry run(KnownRegistry registry, ImageContent image) {
    return run(registry, _ -> image);
  }

  /// A new run that pushes what `images` opens.
  JibImageRegistry run(KnownRegistry registry, Function<ImageSource, ImageContent> images) {
    JibImageRegistry run =
        new JibImageRegistry(
            () -> registry,
            images,
            new RegistryConnector(time.retry(), hidden::add, Pace.of(Ticker.system())));
    opened.add(run);
    return run;
  }

  /// A new run that copies from anywhere, as nobody in particular, to `registry`.
  JibImageRegistry copier(KnownRegistry registry) {
    return copier(registry, Attestations.KEEP);
  }

  JibImageRegistry copier(KnownRegistry registry, Attestations attestations) {
    RegistryConnector connector =
        new RegistryConnector(time.retry(), hidden::add, Pace.of(Ticker.system()));
    ImageSources sources =
        new ImageSources(
            attestations,
            new SourceRegistries(
                (name, use) ->
                    new Origin(
                        RegistryAddress.of(name.registry()), new RegistryLogin.Guest(), name, use),
                connector),
            NO_BUILDER);
    JibImageRegistry run = new JibImageRegistry(() -> registry, sources::open, connector);
    opened.add(run);
    return run;
  }

  /// A whole push in a run of its own.
  Pushed push(MadeImage image, String repository, String... tags) {
    return push(run(image), repository, tags);
  }

  /// A whole push: the name, the check, the push itself.
  Pushed push(JibImageRegistry run, String repository, String... tags) {
    return push(run, SOURCE, repository, tags);
  }

  /// A whole push of what `source` names.
  Pushed push(JibImageRegistry run, ImageSource source, String repository, String... tags) {
    ImageName name = run.name(repository);
    run.check(name);
    return run.push(source, name, Stream.of(tags).map(Tag::new).toList());
  }

  /// What the registry itself has under a path, e.g. `acme/shop/manifests/1.0.0`.
  HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server.host() + "/v2/" + path))
            .header("Accept", "application/vnd.oci.image.index.v1+json")
            .header("Accept", "application/vnd.oci.image.manifest.v1+json")
            .header("Authorization", RegistryServer.authorization("slipway"))
            .timeout(Duration.ofSeconds(20))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The requests that carried a name and a password.
  List<Request> requestsWithAPassword() {
    return proxy.requests().stream()
        .filter(request -> request.headers().getOrDefault("Authorization", "").startsWith("Basic "))
        .toList();
  }

  @Override
  public void close() {
    opened.forEach(JibImageRegistry::close);
    proxy.close();
  }
}
