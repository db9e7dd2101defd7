package dev.slipway.registry.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Image layouts in folders: pushed as they lie there, nothing read from elsewhere.
class OciFoldersTest extends ArchiveTest {
  private final ImageLayout layout = new ImageLayout();
  private SampleImages samples;
  private Path dist;

  @BeforeEach
  void samples() throws IOException {
    samples = new SampleImages(folder, "hello");
    dist = Files.createDirectory(folder.toRealPath().resolve("dist"));
  }

  @Test
  void pushesALayoutVerbatim() throws IOException {
    String image = samples.image(layout, "amd64", "");
    layout.contents(image).writeInto(dist);

    Summary summary = archives.inspect(source());
    Pushed pushed = push(source());

    assertThat(summary.format()).isEqualTo("OCI layout");
    assertThat(summary.digest()).contains(ImageLayout.digestIn(image));
    assertThat(summary.platforms()).containsExactly(new Platform("linux", "amd64", ""));
    assertThat(pushed.blobs()).hasSize(3);
    assertThat(pushed.blobs())
        .allSatisfy((claimed, blob) -> assertThat(ImageLayout.digest(blob)).isEqualTo(claimed));
    assertThat(pushed.manifests().getLast().digest()).isEqualTo(ImageLayout.digestIn(image));
  }

  @Test
  void takesTheImageThatIsNamed() throws IOException {
    String amd64 = samples.image(layout, "amd64", named("1.0"));
    String arm64 = samples.image(layout, "arm64", named("acme/shop:2.0"));
    layout.contents(amd64, arm64).writeInto(dist);

    Optional<Digest> first = archives.inspect(source("1.0")).digest();
    Optional<Digest> second = archives.inspect(source("acme/shop:2.0")).digest();

    assertThat(first).contains(ImageLayout.digestIn(amd64));
    assertThat(second).contains(ImageLayout.digestIn(arm64));
  }

  @Test
  void listsTheNamesWhenThereAreSeveralImagesOrNoneOfThatName() {
    String amd64 = samples.image(layout, "amd64", named("1.0"));
    String arm64 = samples.image(layout, "arm64", named("2.0"));
    layout.contents(amd64, arm64).writeInto(dist);

    Problem several = problem(source());
    Problem none = problem(source("3.0"));

    assertThat(several.what()).isEqualTo("`oci:dist` holds 2 images");
    assertThat(several.why()).contains("`1.0`, `2.0`");
    assertThat(several.fix()).contains("`oci:FOLDER:NAME`");
    assertThat(none.what()).isEqualTo("`oci:dist:3.0` holds no image of that name");
    assertThat(none.why()).contains("does not name `3.0`, but `1.0`, `2.0`");
  }

  @Test
  void saysThatAFolderIsNoLayout() throws IOException {
    Files.createFile(dist.resolve("Dockerfile"));

    Problem problem = problem(source());

    assertThat(problem.what()).isEqualTo("`oci:dist` is a folder, but no OCI image layout");
    assertThat(problem.why()).isEqualTo("It has no `index.json`; it holds `Dockerfile`.");
  }

  @Test
  void refusesABlobThatIsALinkToAFileOfTheRunner() throws IOException {
    layout.contents(samples.image(layout, "amd64", "")).writeInto(dist);
    Path blob = layer();
    Path elsewhere = Files.copy(blob, folder.resolve("elsewhere"));
    Files.delete(blob);
    Files.createSymbolicLink(blob, elsewhere);

    assertNotInPlace("blobs/sha256/" + blob.getFileName());
  }

  @Test
  void refusesBlobsInAFolderThatIsALink() throws IOException {
    layout.contents(samples.image(layout, "amd64", "")).writeInto(dist);
    Path blobs = dist.resolve("blobs");
    Files.move(blobs, folder.resolve("elsewhere"));
    Files.createSymbolicLink(blobs, folder.resolve("elsewhere"));

    assertNotInPlace("blobs/sha256/");
  }

  @Test
  void refusesAnIndexThatIsALink() throws IOException {
    Path passwd = Files.writeString(folder.resolve("passwd"), "{\"manifests\":[]}");
    Files.createSymbolicLink(dist.resolve("index.json"), passwd);

    assertNotInPlace("index.json");
  }

  @Test
  void refusesABlobThatIsAFolder() throws IOException {
    layout.contents(samples.image(layout, "amd64", "")).writeInto(dist);
    Path blob = layer();
    Files.delete(blob);
    Files.createDirectory(blob);

    assertNotInPlace("blobs/sha256/" + blob.getFileName());
  }

  @Test
  void namesWhatIsMissingOrChanged() throws IOException {
    layout.contents(samples.image(layout, "amd64", "")).writeInto(dist);
    byte[] whole = Files.readAllBytes(layer());
    byte[] changed = whole.clone();
    changed[changed.length - 1] ^= 1;

    Files.write(layer(), changed);
    Problem damaged = problem(source());
    Files.delete(layer());
    Problem missing = problem(source());

    assertThat(damaged.why()).contains("should have the digest " + ImageLayout.digest(whole));
    assertThat(missing.why()).contains("Missing: " + ImageLayout.digest(whole));
  }

  @Test
  void pushesWhatWasPlannedWhenABlobIsReplacedMeanwhile() throws IOException {
    layout.contents(samples.image(layout, "amd64", "")).writeInto(dist);
    archives.inspect(source());
    Path other = Files.writeString(folder.resolve("other"), "other");
    Files.move(other, layer(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    Pushed pushed = push(source());

    assertThat(pushed.blobs())
        .allSatisfy((claimed, blob) -> assertThat(ImageLayout.digest(blob)).isEqualTo(claimed));
  }

  private void assertNotInPlace(String name) {
    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> archives.inspect(source()))
        .withMessageContaining("`oci:dist` is not a safe folder")
        .withMessageContaining("`" + name);
  }

  private Path layer() {
    byte[] layer = SampleImages.gzip(samples.layers("amd64").getFirst());
    return dist.resolve("blobs/sha256/" + ImageLayout.digest(layer).hex());
  }

  private Problem problem(ImageSource.Local source) {
    return catchThrowableOfType(ActionException.class, () -> archives.inspect(source))
        .problems()
        .getFirst();
  }

  private ImageSource.Local source() {
    return new ImageSource.OciFolder("oci:dist", dist, Optional.empty());
  }

  private ImageSource.Local source(String name) {
    return new ImageSource.OciFolder("oci:dist:" + name, dist, Optional.of(name));
  }

  private static String named(String name) {
    return ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}";
  }
}
