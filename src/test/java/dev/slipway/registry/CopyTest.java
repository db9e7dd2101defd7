package dev.slipway.registry;

import static dev.slipway.registry.PushFaultsTest.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Secret;
import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageReferenceText;
import dev.slipway.image.ImageSource;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyTest {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static RegistryServer here;
  private static RegistryServer there;

  private final MadeImage image = MadeImage.withLayers(1, 400_000, 30_000);
  private PushSandbox target;
  private PushSandbox source;
  private String repository;

  @BeforeAll
  static void startServers() {
    here = RegistryServer.open();
    there = RegistryServer.open();
  }

  @AfterAll
  static void stopServers() {
    here.close();
    there.close();
  }

  @BeforeEach
  void open() {
    target = new PushSandbox(here);
    source = new PushSandbox(there);
    repository = "copies/" + TESTS.incrementAndGet();
  }

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  @Test
  void onlySetsATagInTheSameRepository() {
    target.push(image, repository, "1.0.0");
    target.proxy.forget();

    Pushed pushed = copy(target, "1.0.0", repository, "stable");

    assertThat(pushed).isEqualTo(new Pushed(image.digest(), true, 0, 3, 0));
    assertThat(target.get(repository + "/manifests/stable").body()).isEqualTo(image.manifest());
    // Source: greeting, manifest, config. Target: check, manifest, tag. Then the one that writes.
    assertThat(target.proxy.requests()).hasSizeLessThanOrEqualTo(7);
    assertThat(target.proxy.requests().stream().filter(request -> !request.is("GET", "")))
        .hasSize(1);
  }

  @Test
  void writesNothingTheSecondTime() {
    source.push(image, repository, "1.0.0");
    copy(source, "1.0.0", repository, "1.0.0");

    Pushed again = copy(source, "1.0.0", repository, "1.0.0");

    assertThat(again).isEqualTo(new Pushed(image.digest(), false, 0, 3, 0));
  }

  @Test
  void mountsEveryBlobInTheSameRegistry() {
    MadeImage platforms = MadeImage.withIndexes(2, 30_000);
    target.push(platforms, repository, "1.0.0");
    target.proxy.forget();

    Pushed pushed = copy(target, "1.0.0", repository + "/mounted", "1.0.0");

    assertThat(pushed).isEqualTo(new Pushed(platforms.digest(), true, 0, 6, 0));
    assertThat(target.get(repository + "/mounted/manifests/1.0.0").body())
        .isEqualTo(platforms.manifest());
    assertThat(target.proxy.count("GET", "/blobs/"))
        .as("configs, which name platforms")
        .isEqualTo(3);
    assertThat(target.proxy.count("PUT", "/blobs/")).isZero();
    // Source: greeting, 5 manifests, 3 configs. Target: 2 looks, 6 mounts, 5 manifests.
    assertThat(target.proxy.requests()).hasSizeLessThanOrEqualTo(22);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405})
  void sendsWhatTheRegistryDoesNotMount(int status) {
    target.push(image, repository, "1.0.0");
    target.proxy.always(request ->
        request.path().contains("mount=")
            ? Optional.of(WireFault.status(status))
            : Optional.empty());

    Pushed pushed = copy(target, "1.0.0", repository + "/sent", "1.0.0");

    assertThat(pushed.uploadedBlobs()).isEqualTo(3);
    assertThat(target.get(repository + "/sent/manifests/1.0.0").body()).isEqualTo(image.manifest());
  }

  @Test
  void copiesEverythingFromAnotherRegistry() {
    MadeImage platforms = MadeImage.withIndexes(3, 30_000);
    source.push(platforms, repository, "1.0.0");
    source.proxy.forget();

    Pushed pushed = copy(source, "1.0.0", repository, "1.0.0", "latest");

    assertThat(pushed.digest()).isEqualTo(platforms.digest());
    assertThat(pushed.uploadedBlobs()).isEqualTo(6);
    assertThat(target.get(repository + "/manifests/latest").body()).isEqualTo(platforms.manifest());
    // The three layers and, for they are sent, too, the three configs; index entries here name no
    // platform, so each config is read once more.
    assertThat(source.proxy.count("GET", "/blobs/")).isEqualTo(9);
    assertThat(source.proxy.requests()).allMatch(request -> request.is("GET", ""));
  }

  @Test
  void leavesAttestationsBehindWhenAsked() {
    MadeImage attested = MadeImage.withAttestation(4, 30_000);
    Digest statement = attested.manifests().get(1).digest();
    source.push(attested, repository, "1.0.0");
    source.proxy.forget();

    Pushed pushed =
        copy(target.copier(nobody(), Attestations.STRIP), source, "1.0.0", repository, "1.0.0");

    assertThat(pushed.digest()).isEqualTo(attested.manifests().getFirst().digest());
    assertThat(pushed.uploadedBlobs()).isEqualTo(2);
    assertThat(target.get(repository + "/manifests/" + statement).statusCode()).isEqualTo(404);
    assertThat(source.proxy.requests())
        .noneMatch(request -> request.path().contains(statement.value()));
  }

  @Test
  void copiesNoLayerThatMayNotBeHandedOn() throws IOException {
    // Docker's own registry takes such an image only where it is configured to.
    try (RegistryServer any = RegistryServer.small();
        PushSandbox windows = new PushSandbox(any)) {
      MadeImage foreign = image.withForeignLayer();
      windows.push(foreign, repository, "1.0.0");

      Pushed pushed =
          windows.push(
              windows.copier(new OtherRegistry(windows.proxy.host(), Optional.empty())),
              reference(windows.proxy.host(), "1.0.0"),
              repository + "/copy",
              "1.0.0");

      assertThat(pushed.digest()).isEqualTo(foreign.digest());
      assertThat(windows.proxy.requests())
          .noneMatch(request -> request.path().contains(image.digestOfLayer(0).value()));
    }
  }

  @Test
  void takesADigestAsItIs() {
    source.push(image, repository, "1.0.0");

    Pushed pushed = copy(source, "moved@" + image.digest(), repository, "1.0.0");

    assertThat(pushed.digest()).isEqualTo(image.digest());
  }

  @Test
  void readsABlobAgainThatBrokeOff() {
    source.push(image, repository, "1.0.0");
    source.proxy.inject(
        request -> request.path().endsWith(image.digestOfLayer(0).value()),
        new WireFault.LoseAnswer(),
        WireFault.status(503));

    Pushed pushed = copy(source, "1.0.0", repository, "1.0.0");

    assertThat(pushed.uploadedBlobs()).isEqualTo(3);
    assertThat(target.get(repository + "/manifests/1.0.0").body()).isEqualTo(image.manifest());
  }

  @Test
  void givesUpOnASourceThatStaysInTrouble() {
    source.push(image, repository, "1.0.0");
    source.proxy.inject(
        request -> request.path().endsWith(image.digestOfLayer(0).value()),
        Collections.nCopies(10, WireFault.status(503)).toArray(WireFault[]::new));

    Problem problem = problemOf(() -> copy(source, "1.0.0", repository, "1.0.0"));

    assertThat(problem.what()).isEqualTo(source.proxy.host() + " does not hand out the image");
    assertThat(problem.why()).isEqualTo("it answered with status 503, after 6 attempts");
  }

  @Test
  void refusesABlobWithOtherBytes() {
    source.push(image, repository, "1.0.0");
    source.proxy.always(request ->
        request.path().endsWith(image.digestOfLayer(0).value())
            ? Optional.of(new WireFault.Answer(200, Map.of(), "x".repeat(400_000)))
            : Optional.empty());

    Problem problem = problemOf(() -> copy(source, "1.0.0", repository, "1.0.0"));

    assertThat(problem.what()).endsWith("arrived damaged");
    assertThat(problem.why()).contains(image.digestOfLayer(0).value());
    assertThat(target.time.pauses).isEmpty();
    assertThat(target.get(repository + "/manifests/1.0.0").statusCode()).isEqualTo(404);
  }

  @Test
  void believesNoManifestWithoutItsDigest() {
    source.push(image, repository, "1.0.0");
    source.push(MadeImage.withLayers(9, 20_000), repository, "other");
    source.proxy.always(request ->
        request.path().endsWith("/manifests/" + image.digest())
            ? Optional.of(
                new WireFault.Answer(
                    200,
                    Map.of("Content-Type", "application/vnd.oci.image.manifest.v1+json"),
                    source.get(repository + "/manifests/other").body()))
            : Optional.empty());

    Problem problem = problemOf(() -> copy(source, "1.0.0@" + image.digest(), repository, "1.0.0"));

    assertThat(problem.what()).endsWith("is damaged");
    assertThat(problem.why()).contains(image.digest().value());
  }

  @ParameterizedTest
  @CsvSource({
    "http://192.0.2.1/elsewhere, plain HTTP to 192.0.2.1 is refused",
    "/v2/loop, it answered with status 307",
    "https://[::1, Invalid authority field"
  })
  void followsNoRedirectThatLeadsNowhere(String location, String why) {
    source.proxy.always(request ->
        request.path().contains("/manifests/") || request.path().contains("loop")
            ? Optional.of(new WireFault.Answer(307, Map.of("Location", location), ""))
            : Optional.empty());

    Problem problem = problemOf(() -> copy(source, "1.0.0", repository, "1.0.0"));

    assertThat(problem.why()).startsWith(why);
    assertThat(source.proxy.requests()).hasSizeLessThan(20);
  }

  @Test
  void saysThatAWebPageAnswersForTheRegistry() {
    source.proxy.always(request ->
        request.path().contains("/manifests/")
            ? Optional.of(
                new WireFault.Answer(
                    200, Map.of("Content-Type", "text/html"), "\n<!doctype html><h1>Sign in</h1>"))
            : Optional.empty());

    Problem problem = problemOf(() -> copy(source, "1.0.0", repository, "1.0.0"));

    assertThat(problem.what()).endsWith("cannot be read");
    assertThat(problem.why()).contains("a web page instead of a manifest");
    assertThat(problem.fix()).contains("the host");
  }

  @Test
  void saysWhichImageIsMissing() {
    Problem problem = problemOf(() -> copy(source, "9.9.9", repository, "1.0.0"));

    assertThat(problem.what())
        .isEqualTo(
            "The image to copy was not found in %s/%s".formatted(source.proxy.host(), repository));
    assertThat(problem.fix()).contains("`image`");
  }

  @Test
  void showsTheLoginOfTheTargetToNoOtherRegistry() {
    try (RegistryServer guarded = RegistryServer.withLogin();
        PushSandbox closed = new PushSandbox(guarded)) {
      Login login = new Login("slipway", new Secret(RegistryServer.PASSWORD));
      JibImageRegistry run =
          target.copier(new OtherRegistry(target.proxy.host(), Optional.of(login)));

      Problem problem =
          problemOf(
              () -> target.push(run, reference(closed.proxy.host(), "1.0.0"), repository, "1.0.0"));

      assertThat(problem.what()).endsWith("may not be read");
      assertThat(problem.fix()).startsWith("only public images are read");
      assertThat(closed.proxy.requests())
          .isNotEmpty()
          .noneMatch(request -> request.headers().containsKey("Authorization"));
    }
  }

  @Test
  void getsTheTokenThatEverybodyGets() {
    source.push(image, repository, "1.0.0");
    source.proxy.always(request -> {
      if (request.path().startsWith("/token")) {
        return Optional.of(new WireFault.Answer(200, Map.of(), "{\"token\":\"everybody\"}"));
      }
      return "Bearer everybody".equals(request.headers().get("Authorization"))
          ? Optional.empty()
          : Optional.of(new TokenGate("http://" + source.proxy.host() + "/token").refusal());
    });
    source.proxy.forget();

    Pushed pushed = copy(source, "1.0.0", repository, "1.0.0");

    assertThat(pushed.digest()).isEqualTo(image.digest());
    assertThat(source.proxy.requests())
        .anyMatch(
            request -> request.path().endsWith("scope=repository:%s:pull".formatted(repository)));
  }

  /// Copies `reference`, a tag or more, of this test's repository at `from`.
  private Pushed copy(PushSandbox from, String reference, String to, String... tags) {
    return copy(target.copier(nobody()), from, reference, to, tags);
  }

  private Pushed copy(
      JibImageRegistry run, PushSandbox from, String reference, String to, String... tags) {
    return target.push(run, reference(from.proxy.host(), reference), to, tags);
  }

  private KnownRegistry nobody() {
    return new OtherRegistry(target.proxy.host(), Optional.empty());
  }

  private ImageSource reference(String host, String reference) {
    String text = "%s/%s:%s".formatted(host, repository, reference);
    ImageReferenceText read = ImageReferenceText.parse(text);
    return new ImageSource.InRegistry("docker://" + text, read.name(), read.tag(), read.digest());
  }
}
