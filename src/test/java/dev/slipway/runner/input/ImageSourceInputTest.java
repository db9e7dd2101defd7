package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.image.EngineImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.problem.ActionException;
import dev.slipway.runner.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests what the input `image` can name.
class ImageSourceInputTest {
  @TempDir Path folder;
  private Path workspace = Path.of("");

  @BeforeEach
  void layOutTheWorkspace() throws IOException {
    workspace = folder.toRealPath();
    Files.createDirectories(workspace.resolve("dist/image"));
    Files.createFile(workspace.resolve("image.tar"));
  }

  @Test
  void namesAnImageLayout() {
    Path image = workspace.resolve("dist/image");

    assertThat(read("oci:dist/image"))
        .contains(new ImageSource.OciFolder("oci:dist/image", image, Optional.empty()));
  }

  @Test
  void namesOneOfTheImagesOfALayoutAfterTheFirstColon() {
    Path image = workspace.resolve("dist/image");

    assertThat(read("oci:dist/image:acme/shop:1.0"))
        .contains(
            new ImageSource.OciFolder(
                "oci:dist/image:acme/shop:1.0", image, Optional.of("acme/shop:1.0")));
  }

  @Test
  void takesAFolderForALayoutAndAFileForAnArchive() {
    assertThat(read("dist/image"))
        .contains(
            new ImageSource.OciFolder(
                "dist/image", workspace.resolve("dist/image"), Optional.empty()));
    assertThat(read("image.tar"))
        .contains(new ImageSource.Archive("image.tar", workspace.resolve("image.tar")));
  }

  @Test
  void saysThatAnArchiveIsChosenByItsPathAlone() {
    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> read("oci-archive:image.tar:acme/shop:1.0"))
        .withMessageContaining("`image.tar` is there")
        .satisfies(e ->
            assertThat(e.problems().getFirst().fix()).startsWith("Leave out `:acme/shop:1.0`"));
  }

  @Test
  void namesAnImageOfTheEngine() {
    assertThat(read("docker-daemon:localhost:5000/shop:1.0"))
        .contains(
            new ImageSource.DockerDaemon(
                "docker-daemon:localhost:5000/shop:1.0",
                new EngineImageName("localhost:5000/shop:1.0")));
  }

  @Test
  void tellsHowToNameAnImageThatIsNoFile() {
    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> read("acme/shop:latest"))
        .withMessageContaining("it reads like the name of an image")
        .satisfies(refused ->
            assertThat(refused.problems().getFirst().fix())
                .contains("`docker-daemon:acme/shop:latest`", "`docker://acme/shop:latest`"));
  }

  @Test
  void takesAFileForAFileWhateverItIsCalled() throws IOException {
    Path file = Files.createFile(workspace.resolve("shop:latest"));

    assertThat(read("shop:latest")).contains(new ImageSource.Archive("shop:latest", file));
  }

  private Optional<ImageSource> read(String given) {
    Variables environment = Variables.ofRun().inWorkspace(workspace);
    InputTexts inputs = new InputTexts(environment);
    Optional<ImageSource> source =
        new ImageSourceInput(inputs, new LocalFiles(environment, inputs), Input.IMAGE).read(given);
    inputs.throwIfAny();
    return source;
  }
}
