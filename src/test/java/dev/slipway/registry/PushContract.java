package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.sandbox.RecordingProxy.Request;
import dev.slipway.sandbox.RegistryServer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/// What a push does to a registry, whichever it is.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PushContract {
  private static final int SIGN_IN = 1;

  private RegistryServer server;
  private PushSandbox sandbox;
  private String repository;

  abstract RegistryServer start() throws Exception;

  @BeforeAll
  void startServer() throws Exception {
    server = start();
  }

  @BeforeEach
  void open(TestInfo test) {
    sandbox = new PushSandbox(server);
    repository = "acme/" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @Test
  void pushesEveryByteAsItIs() {
    MadeImage image = MadeImage.withLayers(1, 50_000, 20);

    Pushed pushed = sandbox.push(image, repository, "1.0.0", "latest");

    assertThat(pushed.digest()).isEqualTo(image.digest());
    assertThat(pushed.changed()).isTrue();
    assertThat(List.of("1.0.0", "latest", image.digest().value()))
        .allSatisfy(reference -> {
          var stored = sandbox.get(repository + "/manifests/" + reference);
          assertThat(stored.body()).isEqualTo(image.manifest());
          assertThat(stored.headers().firstValue("Docker-Content-Digest"))
              .hasValue(image.digest().value());
        });
    assertThat(image.closed).isTrue();
  }

  @Test
  void pushesIndexesAfterWhatTheyName() {
    MadeImage image = MadeImage.withIndexes(2, 30_000);

    Pushed pushed = sandbox.push(image, repository, "1.0.0");

    assertThat(pushed.digest()).isEqualTo(image.digest());
    assertThat(sandbox.get(repository + "/manifests/1.0.0").body()).isEqualTo(image.manifest());
    assertThat(sandbox.proxy.count("PUT", "/manifests/")).isEqualTo(5);
  }

  @Test
  void asksThriceForEveryLayer() {
    int layers = 12;
    MadeImage image = MadeImage.withLayers(3, sizes(layers));

    Pushed pushed = sandbox.push(image, repository, "1.0.0", "latest");

    assertThat(sandbox.proxy.requests()).hasSizeLessThanOrEqualTo(SIGN_IN + 3 * (layers + 1) + 2);
    assertThat(sandbox.proxy.connections()).isLessThanOrEqualTo(RegistryConnection.CONCURRENCY + 1);
    assertThat(pushed.uploadedBlobs()).isEqualTo(layers + 1);
    assertThat(pushed.uploadedBytes()).isGreaterThan(IntStream.of(sizes(layers)).sum());
  }

  @Test
  void opensNoMoreConnectionsForMoreLayers() {
    MadeImage image = MadeImage.withLayers(4, sizes(60));

    sandbox.push(image, repository, "1.0.0");

    assertThat(sandbox.proxy.connections()).isLessThanOrEqualTo(RegistryConnection.CONCURRENCY + 1);
  }

  @Test
  void writesNothingTheSecondTime() {
    MadeImage image = MadeImage.withLayers(5, sizes(12));
    sandbox.push(image, repository, "1.0.0", "latest");
    sandbox.proxy.forget();

    Pushed again = sandbox.push(image, repository, "1.0.0", "latest");

    assertThat(again).isEqualTo(new Pushed(image.digest(), false, 0, 13, 0));
    assertThat(sandbox.proxy.requests())
        .hasSizeLessThanOrEqualTo(SIGN_IN + 3)
        .allMatch(request -> request.method().equals("GET"));
  }

  @Test
  void onlyMovesTheTagOfAnImageThatIsThere() {
    MadeImage image = MadeImage.withLayers(6, sizes(12));
    sandbox.push(image, repository, "1.0.0");
    sandbox.proxy.forget();

    Pushed pushed = sandbox.push(image, repository, "1.0.0", "stable");

    assertThat(pushed).isEqualTo(new Pushed(image.digest(), true, 0, 13, 0));
    assertThat(sandbox.proxy.requests().stream().filter(request -> request.is("PUT", "")))
        .map(Request::path)
        .containsExactly("/v2/" + repository + "/manifests/stable");
  }

  @Test
  void movesATagFromAnotherImage() {
    MadeImage first = MadeImage.withLayers(7, 40_000, 30_000);
    MadeImage second = MadeImage.withLayers(7, 40_000, 50_000);
    sandbox.push(first, repository, "latest");

    Pushed pushed = sandbox.push(second, repository, "latest");

    assertThat(sandbox.get(repository + "/manifests/latest").body()).isEqualTo(second.manifest());
    assertThat(pushed.presentBlobs()).as("the layer that both have").isEqualTo(1);
    assertThat(pushed.uploadedBlobs()).isEqualTo(2);
  }

  @Test
  void comparesAnImageThatHadToBeCompressed() {
    MadeImage image = MadeImage.withLayers(8, sizes(5)).raw();
    Pushed first = sandbox.push(image, repository, "1.0.0");
    sandbox.proxy.forget();

    Pushed again = sandbox.push(image, repository, "1.0.0");

    assertThat(first.changed()).isTrue();
    assertThat(again.changed()).isFalse();
    assertThat(sandbox.proxy.requests()).hasSizeLessThanOrEqualTo(SIGN_IN + 3);
  }

  @Test
  void knowsByItsConfigAnImageThatSomebodyElseCompressed() throws Exception {
    MadeImage image = MadeImage.withLayers(9, sizes(5));
    sandbox.push(image, repository, "1.0.0");

    Pushed again = sandbox.push(image.compressedOtherwise(), repository, "1.0.0", "stable");

    assertThat(again).isEqualTo(new Pushed(image.digest(), true, 0, 6, 0));
    assertThat(sandbox.get(repository + "/manifests/stable").body()).isEqualTo(image.manifest());
  }

  private static int[] sizes(int layers) {
    return IntStream.range(0, layers).map(layer -> 20_000 + 1_000 * layer).toArray();
  }
}
