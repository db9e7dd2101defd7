package dev.slipway.registry;

import static dev.slipway.registry.PushSandbox.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.image.ImageSource;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several images of one run.
class ComponentsTest {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static RegistryServer server;

  // The first two layers are the same noise.
  private final MadeImage core = MadeImage.withLayers(1, 400_000, 200_000, 30_000);
  private final MadeImage batch = MadeImage.withLayers(1, 400_000, 200_000, 50_000);
  private final Map<String, MadeImage> images = Map.of("core", core, "batch", batch);
  private PushSandbox sandbox;
  private String group;

  @BeforeAll
  static void startServer() {
    server = RegistryServer.open();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void begin() {
    sandbox = new PushSandbox(server);
    group = "components/" + TESTS.incrementAndGet();
  }

  @AfterEach
  void end() {
    sandbox.close();
  }

  @Test
  void sendsOnceWhatTwoRepositoriesShare() {
    JibImageRegistry run = run(Optional.empty());

    push(run, "core", group + "/core");
    Pushed second = push(run, "batch", group + "/batch");

    assertThat(second).isEqualTo(new Pushed(batch.digest(), true, 2, 2, second.uploadedBytes()));
    assertThat(sandbox.proxy.count("PUT", "/blobs/uploads/")).isEqualTo(4 + 2);
    assertThat(sandbox.proxy.count("POST", "mount=")).isEqualTo(2);
    assertThat(sandbox.proxy.count("HEAD", "/blobs/" + batch.digestOfLayer(0))).isEqualTo(1);
    assertThat(sandbox.get(group + "/batch/manifests/1.0.0").body()).isEqualTo(batch.manifest());
  }

  @Test
  void mountsAlsoWhatWasThereBeforeTheRun() {
    push(run(Optional.empty()), "core", group + "/core");
    JibImageRegistry run = run(Optional.empty());

    push(run, "core", group + "/core");
    Pushed second = push(run, "batch", group + "/batch");

    assertThat(second.uploadedBlobs()).isEqualTo(2);
    assertThat(sandbox.proxy.count("POST", "mount=")).isEqualTo(2);
  }

  @Test
  void asksNothingAboutABlobThatItHasSentThere() {
    JibImageRegistry run = run(Optional.empty());

    push(run, "core", group);
    sandbox.proxy.forget();
    Pushed second = push(run, "batch", group);

    assertThat(second.uploadedBlobs()).isEqualTo(2);
    assertThat(sandbox.proxy.requests())
        .noneMatch(request -> request.path().contains(batch.digestOfLayer(0).value()));
  }

  @Test
  void getsATokenThatOpensTheOtherRepositoryToo() {
    giveTokens();
    JibImageRegistry run = run(Optional.of(LOGIN));

    push(run, "core", group + "/core");
    push(run, "batch", group + "/batch");

    assertThat(sandbox.proxy.count("POST", "mount=")).isEqualTo(2);
    assertThat(sandbox.proxy.requests().stream().filter(request -> request.is("GET", "/token")))
        .extracting(request -> request.path().replaceFirst(".*?&scope=", ""))
        .containsExactlyInAnyOrder(
            "repository:%s/core:pull,push".formatted(group),
            "repository:%s/batch:pull,push".formatted(group),
            "repository:%1$s/batch:pull,push&scope=repository:%1$s/core:pull".formatted(group));
  }

  @Test
  void signsInOnceForEachRepositoryHoweverManyAsk() {
    giveTokens();
    JibImageRegistry run = run(Optional.of(LOGIN));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> checks =
          IntStream.range(0, 32)
              .mapToObj(i ->
                  CompletableFuture.runAsync(
                      () -> run.check(run.name(group + "/" + i % 4)), threads))
              .toList();
      checks.forEach(CompletableFuture::join);
    }

    assertThat(sandbox.proxy.count("GET", "/token")).isEqualTo(4);
    assertThat(sandbox.proxy.connections()).isLessThanOrEqualTo(RegistryConnection.CONCURRENCY);
  }

  /// One token does for everything here.
  private void giveTokens() {
    sandbox.proxy.always(request -> {
      if (request.path().startsWith("/token")) {
        return Optional.of(new WireFault.Answer(200, Map.of(), "{\"token\":\"canary\"}"));
      }
      return "Bearer canary".equals(request.headers().get("Authorization"))
          ? Optional.empty()
          : Optional.of(new TokenGate("http://" + sandbox.proxy.host() + "/token").refusal());
    });
  }

  private JibImageRegistry run(Optional<Login> login) {
    return sandbox.run(
        new OtherRegistry(sandbox.proxy.host(), login),
        source -> Objects.requireNonNull(images.get(source.asWritten())));
  }

  private Pushed push(JibImageRegistry run, String image, String repository) {
    return sandbox.push(run, new ImageSource.Archive(image, Path.of(image)), repository, "1.0.0");
  }
}
