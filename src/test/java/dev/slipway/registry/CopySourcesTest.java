package dev.slipway.registry;

import static dev.slipway.registry.PushFaultsTest.problemOf;
import static dev.slipway.registry.PushSandbox.LOGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sources of copies that are out of order, that lie, or that are not there.
class CopySourcesTest {
  @AutoClose private static final RegistryServer HERE = RegistryServer.open();
  @AutoClose private static final RegistryServer THERE = RegistryServer.open();

  @AutoClose private final CopySandbox copies = new CopySandbox(HERE, THERE);
  private final MadeImage image = copies.image;
  private final PushSandbox target = copies.target;
  private final PushSandbox source = copies.source;
  private final String repository = copies.repository;

  @Test
  void readsABlobAgainThatBrokeOff() {
    source.push(image, repository, "1.0.0");
    source.proxy.inject(
        request -> request.path().endsWith(image.digestOfLayer(0).value()),
        new WireFault.LoseAnswer(),
        WireFault.status(503));

    Pushed pushed = copies.copy(source, "1.0.0", repository, "1.0.0");

    assertThat(pushed.uploadedBlobs()).isEqualTo(3);
    assertThat(target.get(repository + "/manifests/1.0.0").body()).isEqualTo(image.manifest());
  }

  @Test
  void givesUpOnASourceThatStaysInTrouble() {
    source.push(image, repository, "1.0.0");
    source.proxy.inject(
        request -> request.path().endsWith(image.digestOfLayer(0).value()),
        Collections.nCopies(10, WireFault.status(503)).toArray(WireFault[]::new));

    Problem problem = problemOf(() -> copies.copy(source, "1.0.0", repository, "1.0.0"));

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

    Problem problem = problemOf(() -> copies.copy(source, "1.0.0", repository, "1.0.0"));

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

    Problem problem =
        problemOf(() -> copies.copy(source, "1.0.0@" + image.digest(), repository, "1.0.0"));

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

    Problem problem = problemOf(() -> copies.copy(source, "1.0.0", repository, "1.0.0"));

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

    Problem problem = problemOf(() -> copies.copy(source, "1.0.0", repository, "1.0.0"));

    assertThat(problem.what()).endsWith("cannot be read");
    assertThat(problem.why()).contains("a web page instead of a manifest");
    assertThat(problem.fix()).contains("the host");
  }

  @Test
  void saysWhichImageIsMissing() {
    Problem problem = problemOf(() -> copies.copy(source, "9.9.9", repository, "1.0.0"));

    assertThat(problem.what())
        .isEqualTo(
            "The image to copy was not found in %s/%s".formatted(source.proxy.host(), repository));
    assertThat(problem.fix()).contains("`image`");
  }

  @Test
  void showsTheLoginOfTheTargetToNoOtherRegistry() {
    try (RegistryServer guarded = RegistryServer.withLogin();
        PushSandbox closed = new PushSandbox(guarded)) {
      JibImageRegistry run =
          target.copier(new OtherRegistry(target.proxy.host(), Optional.of(LOGIN)));

      Problem problem =
          problemOf(() ->
              target.push(
                  run, copies.reference(closed.proxy.host(), "1.0.0"), repository, "1.0.0"));

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

    Pushed pushed = copies.copy(source, "1.0.0", repository, "1.0.0");

    assertThat(pushed.digest()).isEqualTo(image.digest());
    assertThat(source.proxy.requests())
        .anyMatch(
            request -> request.path().endsWith("scope=repository:%s:pull".formatted(repository)));
  }
}
