package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Copies from one registry to another, and within one.
class CopyTest {
  @AutoClose private static final RegistryServer HERE = RegistryServer.open();
  @AutoClose private static final RegistryServer THERE = RegistryServer.open();

  @AutoClose private final CopySandbox copies = new CopySandbox(HERE, THERE);
  private final MadeImage image = copies.image;
  private final PushSandbox target = copies.target;
  private final PushSandbox source = copies.source;
  private final String repository = copies.repository;

  @Test
  void onlySetsATagInTheSameRepository() {
    target.push(image, repository, "1.0.0");
    target.proxy.forget();

    Pushed pushed = copies.copy(target, "1.0.0", repository, "stable");

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
    copies.copy(source, "1.0.0", repository, "1.0.0");

    Pushed again = copies.copy(source, "1.0.0", repository, "1.0.0");

    assertThat(again).isEqualTo(new Pushed(image.digest(), false, 0, 3, 0));
  }

  @Test
  void mountsEveryBlobInTheSameRegistry() {
    MadeImage platforms = MadeImage.withIndexes(2, 30_000);
    target.push(platforms, repository, "1.0.0");
    target.proxy.forget();

    Pushed pushed = copies.copy(target, "1.0.0", repository + "/mounted", "1.0.0");

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

    Pushed pushed = copies.copy(target, "1.0.0", repository + "/sent", "1.0.0");

    assertThat(pushed.uploadedBlobs()).isEqualTo(3);
    assertThat(target.get(repository + "/sent/manifests/1.0.0").body()).isEqualTo(image.manifest());
  }

  @Test
  void copiesEverythingFromAnotherRegistry() {
    MadeImage platforms = MadeImage.withIndexes(3, 30_000);
    source.push(platforms, repository, "1.0.0");
    source.proxy.forget();

    Pushed pushed = copies.copy(source, "1.0.0", repository, "1.0.0", "latest");

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
        copies.copy(
            target.copier(copies.nobody(), Attestations.STRIP),
            source,
            "1.0.0",
            repository,
            "1.0.0");

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
              copies.reference(windows.proxy.host(), "1.0.0"),
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

    Pushed pushed = copies.copy(source, "moved@" + image.digest(), repository, "1.0.0");

    assertThat(pushed.digest()).isEqualTo(image.digest());
  }
}
