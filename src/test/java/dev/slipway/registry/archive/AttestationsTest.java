package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Attestations;
import dev.slipway.image.ImageSource;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.registry.engine.DockerEngine;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Images pushed without what was said about them.
class AttestationsTest extends ArchiveTest {
  private static final String AMD64 = ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}";

  private final FileImageArchives stripping =
      new FileImageArchives(
          Attestations.STRIP, NO_BUILDER, new DockerEngine(DockerEngine.SOCKET), 2);
  private final ImageLayout layout = new ImageLayout();
  private SampleImages samples;

  @BeforeEach
  void samples() {
    samples = new SampleImages(folder, "hello");
  }

  @AfterEach
  void closeToo() throws IOException {
    stripping.close();
  }

  @Test
  void leavesThemOutOfTheIndexAndKeepsEveryPlatform() throws IOException {
    Sample sample = samples.ociArchiveWithAttestations();

    Summary summary = stripping.inspect(archive(sample.path()));
    Pushed pushed = push(stripping, archive(sample.path()));

    assertThat(summary.platforms()).hasSize(2);
    assertThat(summary.digestBefore()).isEqualTo(sample.digest());
    assertThat(summary.digest()).contains(pushed.manifests().getLast().digest());
    assertThat(pushed.manifests())
        .extracting(Manifest::mediaType)
        .containsExactly(ImageLayout.MANIFEST, ImageLayout.MANIFEST, ImageLayout.INDEX);
    assertThat(pushed.root())
        .doesNotContain("attestation", "unknown")
        .contains("\"variant\":\"v8\"");
    assertThat(pushed.manifests().getLast().digest())
        .isEqualTo(ImageLayout.digest(pushed.root().getBytes(UTF_8)));
    assertThat(pushed.blobs()).containsOnlyKeys(sample.blobs());
  }

  @Test
  void givesTheSameDigestEachTime() throws IOException {
    Sample archive = samples.ociArchiveWithAttestations();
    Sample gzipped = samples.gzipped(archive);

    Summary first = stripping.inspect(archive(archive.path()));
    Summary second = stripping.inspect(archive(gzipped.path()));

    assertThat(first.digest()).isEqualTo(second.digest());
  }

  @Test
  void leavesTheManifestOfTheOnlyPlatformAsABuildWithoutProvenanceWould() throws IOException {
    String image = samples.image(layout, "amd64", AMD64);
    Path path = withAttestation(image);

    Pushed pushed = push(stripping, archive(path));

    assertThat(pushed.manifests())
        .extracting(Manifest::digest)
        .containsExactly(ImageLayout.digestIn(image));
    assertThat(ImageLayout.digestIn(image)).isEqualTo(samples.ociArchive().digest().orElseThrow());
  }

  @Test
  void rewritesTheIndexesAroundAnIndexThatChanges() throws IOException {
    String amd64 = samples.image(layout, "amd64", AMD64);
    String arm64 = samples.image(layout, "arm64", "");
    String inner = layout.addIndex(List.of(amd64, attestation(amd64)), "");
    Path path =
        layout
            .contents(layout.addIndex(List.of(inner, arm64), ""))
            .writeTo(folder.resolve("nested.tar"));

    Pushed pushed = push(stripping, archive(path));

    assertThat(pushed.root())
        .isEqualTo(new String(ImageLayout.index(List.of(amd64, arm64)), UTF_8));
  }

  @Test
  void pushesAnImageWithoutAnyAsItIs() throws IOException {
    Sample sample = samples.ociArchive();

    Summary summary = stripping.inspect(archive(sample.path()));

    assertThat(summary.digest()).isEqualTo(sample.digest());
    assertThat(summary.digestBefore()).isEmpty();
  }

  @Test
  void leavesOutABillOfMaterialsThatIsAttachedToAnImage() throws IOException {
    String image = samples.image(layout, "amd64", AMD64);
    byte[] sbom =
        "{\"schemaVersion\":2,\"artifactType\":\"application/spdx+json\",\"config\":%s,\"layers\":[],\"subject\":%s}"
            .formatted(layout.add("application/vnd.oci.empty.v1+json", "{}".getBytes(UTF_8)), image)
            .getBytes(UTF_8);
    String attached = layout.add(ImageLayout.MANIFEST, sbom);
    Path path =
        layout
            .contents(layout.addIndex(List.of(image, attached), ""))
            .writeTo(folder.resolve("sbom.tar"));

    Pushed pushed = push(stripping, archive(path));

    assertThat(pushed.manifests()).hasSize(1);
    assertThat(pushed.manifests().getLast().digest()).isEqualTo(ImageLayout.digestIn(image));
    assertThat(pushed.blobs()).hasSize(3);
  }

  @Test
  void doesNotMissTheAttestationsThatAnEngineDidNotPull() throws IOException {
    String image = samples.image(layout, "amd64", AMD64);
    String attestation = attestation(image);
    layout.withoutBlob(attestation);
    Path path =
        layout
            .contents(layout.addIndex(List.of(image, attestation), ""))
            .writeTo(folder.resolve("partial.tar"));
    ImageSource.Local source = archive(path);

    Summary stripped = stripping.inspect(source);

    assertThat(stripped.digest()).contains(ImageLayout.digestIn(image));
    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> archives.inspect(source))
        .satisfies(
            e -> assertThat(e.problems().getFirst().fix()).contains("`attestations: strip`"));
  }

  @Test
  void refusesAnArchiveOfNothingElse() {
    String image = samples.image(layout, "amd64", AMD64);
    Path path =
        layout
            .contents(layout.addIndex(List.of(attestation(image)), ""))
            .writeTo(folder.resolve("only.tar"));

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> stripping.inspect(archive(path)))
        .withMessageContaining("It has nothing but attestations");
  }

  private Path withAttestation(String image) {
    return layout
        .contents(layout.addIndex(List.of(image, attestation(image)), ""))
        .writeTo(folder.resolve("one.tar"));
  }

  private String attestation(String image) {
    byte[] statement = "{}".getBytes(UTF_8);
    byte[] config =
        ImageLayout.config("unknown", "unknown", List.of(ImageLayout.digest(statement)));
    return layout.addManifest(
        layout.add(ImageLayout.CONFIG, config),
        List.of(layout.add("application/vnd.in-toto+json", statement)),
        ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\",\"vnd.docker.reference.digest\":\"%s\"}"
            .formatted(ImageLayout.digestIn(image)));
  }
}
