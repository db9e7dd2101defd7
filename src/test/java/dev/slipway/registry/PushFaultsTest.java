package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushFaultsTest {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static RegistryServer server;

  private final MadeImage image = MadeImage.withLayers(1, 400_000, 30_000);
  private PushSandbox sandbox;
  private String repository;

  @BeforeAll
  static void startServer() {
    server = RegistryServer.open();
  }

  @BeforeEach
  void open() {
    sandbox = new PushSandbox(server);
    repository = "faults/" + TESTS.incrementAndGet();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /manifests/",
    "HEAD, /blobs/",
    "POST, /blobs/uploads/",
    "PUT, /blobs/uploads/",
    "PUT, /manifests/"
  })
  void survivesABadGatewayAnywhere(String method, String path) {
    sandbox.proxy.inject(request -> request.is(method, path), WireFault.status(502));

    Pushed pushed = sandbox.push(image, repository, "1.0.0");

    assertThat(sandbox.get(repository + "/manifests/1.0.0").body()).isEqualTo(image.manifest());
    assertThat(pushed.uploadedBlobs()).isEqualTo(3);
    assertThat(sandbox.time.pauses).containsExactly(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /manifests/",
    "HEAD, /blobs/",
    "POST, /blobs/uploads/",
    "PUT, /blobs/uploads/",
    "PUT, /manifests/"
  })
  void survivesALostAnswerAnywhere(String method, String path) {
    sandbox.proxy.inject(request -> request.is(method, path), new WireFault.LoseAnswer());

    Pushed pushed = sandbox.push(image, repository, "1.0.0");

    assertThat(sandbox.get(repository + "/manifests/1.0.0").body()).isEqualTo(image.manifest());
    assertThat(pushed.uploadedBlobs()).isEqualTo(3);
  }

  @Test
  void waitsAsLongAsTheRegistryAsks() {
    sandbox.proxy.inject(
        request -> request.is("POST", "/blobs/uploads/"),
        WireFault.with(WireFault.status(429), "Retry-After", "7"));

    sandbox.push(image, repository, "1.0.0");

    assertThat(sandbox.time.pauses).containsExactly(Duration.ofSeconds(8));
  }

  @Test
  void waitsAsLongAsGhcrSaysInItsText() {
    sandbox.proxy.inject(
        request -> request.is("POST", "/blobs/uploads/"),
        WireFault.refusal(429, "TOOMANYREQUESTS", "retry-after: 10ms, allowed: 2000/minute"));

    sandbox.push(image, repository, "1.0.0");

    assertThat(sandbox.time.pauses).containsExactly(Duration.ofMillis(1_010));
  }

  @Test
  void waitsAMinuteAfterTheSecondaryRateLimit() {
    sandbox.proxy.inject(
        request -> request.is("POST", "/blobs/uploads/"),
        WireFault.refusal(403, "DENIED", "You have exceeded a secondary rate limit."));

    sandbox.push(image, repository, "1.0.0");

    assertThat(sandbox.time.pauses).containsExactly(Duration.ofSeconds(61));
  }

  @Test
  void sendsABlobAgainFromItsStartAfterAReset() {
    sandbox.proxy.inject(
        request -> request.is("PUT", "/blobs/uploads/"), new WireFault.ResetAfter(1_000));

    Pushed pushed = sandbox.push(image, repository, "1.0.0");

    assertThat(pushed.uploadedBlobs()).isEqualTo(3);
    assertThat(sandbox.proxy.count("POST", "/blobs/uploads/")).isEqualTo(4);
    assertThat(sandbox.proxy.count("PUT", "/blobs/uploads/")).isEqualTo(4);
  }

  @Test
  void looksForABlobBeforeSendingItAgain() {
    sandbox.proxy.inject(
        request -> request.is("PUT", "/blobs/uploads/"), new WireFault.LoseAnswer());

    Pushed pushed = sandbox.push(image, repository, "1.0.0");

    assertThat(pushed.uploadedBlobs()).isEqualTo(3);
    assertThat(sandbox.proxy.count("PUT", "/blobs/uploads/")).isEqualTo(3);
  }

  @Test
  void beginsAnUploadAnewThatTheRegistryLost() {
    sandbox.proxy.inject(
        request -> request.is("PUT", "/blobs/uploads/"),
        WireFault.refusal(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry"));

    sandbox.push(image, repository, "1.0.0");

    assertThat(sandbox.proxy.count("POST", "/blobs/uploads/")).isEqualTo(4);
  }

  @Test
  void givesUpOnARegistryThatStaysInTrouble() {
    sandbox.proxy.inject(
        request -> request.is("PUT", "/manifests/"),
        Collections.nCopies(10, WireFault.status(503)).toArray(WireFault[]::new));

    Problem problem = problemOf(() -> sandbox.push(image, repository, "1.0.0"));

    assertThat(problem.what()).isEqualTo(sandbox.proxy.host() + " is in trouble");
    assertThat(problem.why()).isEqualTo("it answered with status 503, after 6 attempts");
    assertThat(sandbox.proxy.count("PUT", "/manifests/")).isEqualTo(6);
  }

  @Test
  void doesNotWaitForAnHour() {
    sandbox.proxy.inject(
        request -> request.is("GET", "/manifests/"),
        WireFault.with(WireFault.status(429), "Retry-After", "3600"));

    Problem problem = problemOf(() -> sandbox.push(image, repository, "1.0.0"));

    assertThat(problem.what()).endsWith("takes no more requests for now");
    assertThat(sandbox.time.pauses).isEmpty();
  }

  @Test
  void stopsAtTheFirstBlobThatIsRefused() {
    sandbox.proxy.always(request ->
        request.is("POST", "/blobs/uploads/")
            ? Optional.of(WireFault.status(413))
            : Optional.empty());
    MadeImage large = MadeImage.withLayers(2, IntStream.range(30_000, 30_100).toArray());

    Problem problem = problemOf(() -> sandbox.push(large, repository, "1.0.0"));

    assertThat(problem.what()).endsWith("takes no blob of this size");
    assertThat(sandbox.proxy.count("POST", "/blobs/uploads/")).isLessThan(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | TAG_INVALID | The image tag '1.0.0' already exists in the 'shop' repository and cannot be overwritten because the repository is immutable.",
        "400 | TAG_INVALID | The image tag '1.0.0' already exists in the 'shop' repository and cannot be overwritten because the tag is immutable.",
        "400 | UNSUPPORTED | ImageTagAlreadyExistsException: The image tag '1.0.0' already exists",
        "412 | PRECONDITION | Failed to process request due to '1.0.0' configured as immutable.",
        "409 | CONFLICT | tag is immutable"
      })
  void saysThatATagIsFixedAndWhatItIs(int status, String code, String text) {
    MadeImage other = MadeImage.withLayers(3, 20_000);
    sandbox.push(other, repository, "1.0.0");
    sandbox.proxy.inject(
        request -> request.is("PUT", "/manifests/1.0.0"), WireFault.refusal(status, code, text));

    Problem problem = problemOf(() -> sandbox.push(image, repository, "1.0.0", "latest"));

    assertThat(problem.what()).isEqualTo("The tag 1.0.0 exists and cannot be moved");
    assertThat(problem.why()).contains(other.digest().value(), image.digest().value());
    assertThat(sandbox.get(repository + "/manifests/latest").statusCode()).isEqualTo(404);
    assertThat(sandbox.time.pauses).isEmpty();
  }

  @Test
  void isContentWithAFixedTagThatIsThisImage() {
    sandbox.proxy.inject(
        request -> request.is("PUT", "/manifests/1.0.0"),
        new WireFault.LoseAnswer(),
        WireFault.refusal(400, "TAG_INVALID", "the repository is immutable"));

    Pushed pushed = sandbox.push(image, repository, "1.0.0");

    assertThat(pushed.digest()).isEqualTo(image.digest());
  }

  @Test
  void noticesARegistryThatStoresSomethingElse() {
    String other = "sha256:" + "0".repeat(64);
    sandbox.proxy.inject(
        request -> request.is("PUT", "/manifests/"),
        WireFault.with(WireFault.status(201), "Docker-Content-Digest", other));

    Problem problem = problemOf(() -> sandbox.push(image, repository, "1.0.0"));

    assertThat(problem.why()).contains(other, image.digest().value());
  }

  @Test
  void tellsAnUnreadableImageFromABrokenRegistry() {
    ImageContent broken = new BrokenImage(image);

    Problem problem =
        problemOf(() ->
            sandbox.push(
                sandbox.run(new OtherRegistry(sandbox.proxy.host(), Optional.empty()), broken),
                repository,
                "1.0.0"));

    assertThat(problem.what()).isEqualTo("The image cannot be read");
    assertThat(problem.why()).contains("the disk is gone");
    assertThat(sandbox.time.pauses).isEmpty();
  }

  static Problem problemOf(ThrowingCallable call) {
    return catchThrowableOfType(ActionException.class, call).problems().getFirst();
  }
}
