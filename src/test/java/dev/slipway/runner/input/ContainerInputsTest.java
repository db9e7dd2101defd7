package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.delivery.Inputs;
import dev.slipway.image.BaseImage;
import dev.slipway.image.ContainerSettings;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.runner.RecordedWarnings;
import dev.slipway.runner.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The inputs of images that are built here.
class ContainerInputsTest {
  @TempDir private Path workspace;
  private Variables environment = Variables.ofRun();

  @BeforeEach
  void startInTheWorkspace() throws IOException {
    Files.createFile(workspace.resolve("app.jar"));
    Files.createDirectory(workspace.resolve("dist"));
    environment =
        Variables.ofRun()
            .inWorkspace(workspace.toRealPath())
            .with(Input.REGISTRY, "ghcr")
            .with(Input.REPOSITORY, "acme/shop")
            .with(Input.GITHUB_TOKEN, "ghs_token");
  }

  @Test
  void aJarNeedsNothingElse() {
    environment.with(Input.IMAGE, "jar:app.jar");

    ContainerSettings settings = settings();

    assertThat(settings.from().image()).isEqualTo(BaseImage.parse("eclipse-temurin:25-jre"));
    assertThat(settings.from().platforms()).isEmpty();
    assertThat(settings.start().entrypoint()).isEmpty();
  }

  @Test
  void readsEverySetting() {
    environment
        .with(Input.IMAGE, "dir:dist:/usr/share/site")
        .with(Input.BASE_IMAGE, "ghcr.io/acme/base:1")
        .with(Input.PLATFORMS, "linux/amd64, linux/arm64")
        .with(Input.ENTRYPOINT, "[\"node\", \"a b.js\"]")
        .with(Input.CONTAINER_ENVIRONMENT, "# zone\nTZ=Asia/Seoul\nEMPTY=\nURL=http://a?b=c,d")
        .with(Input.PORTS, "8080,53/udp")
        .with(Input.USER, "1000:1000")
        .with(Input.LABELS, "team=shop");

    ContainerSettings settings = settings();

    assertThat(settings.from().platforms())
        .containsExactly(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
    assertThat(settings.start().entrypoint()).containsExactly("node", "a b.js");
    assertThat(settings.start().environment())
        .containsEntry("TZ", "Asia/Seoul")
        .containsEntry("EMPTY", "")
        .containsEntry("URL", "http://a?b=c,d")
        .hasSize(3);
    assertThat(settings.start().ports()).containsExactly("8080/tcp", "53/udp");
    assertThat(settings.start().user()).contains("1000:1000");
    assertThat(settings.labels()).containsEntry("team", "shop");
    assertThat(((ImageSource.Folder) source()).target()).isEqualTo("/usr/share/site");
  }

  @Test
  void readsOneWordALineAndFlagsBetweenBlanks() {
    environment.with(Input.IMAGE, "jar:app.jar").with(Input.JVM_FLAGS, "-Xss1m -Da=b\n-Dc=d");
    assertThat(settings().start().jvmFlags()).containsExactly("-Xss1m", "-Da=b", "-Dc=d");

    environment.with(Input.JVM_FLAGS, "").with(Input.ENTRYPOINT, "java\n-jar\n/app/app.jar");
    assertThat(settings().start().entrypoint()).containsExactly("java", "-jar", "/app/app.jar");
  }

  @ParameterizedTest
  @CsvSource({
    "ENTRYPOINT, java -jar app.jar",
    "ENTRYPOINT, '[\"java\"'",
    "ENTRYPOINT, '[1]'",
    "CONTAINER_ENVIRONMENT, TZ",
    "LABELS, =x",
    "PORTS, 70000",
    "PORTS, http",
    "PLATFORMS, amd64",
    "USER, a b",
    "BASE_IMAGE, Not A Reference",
    "BASE_IMAGE, alpine@sha256:12",
  })
  void refusesWhatCannotBe(Input input, String text) {
    environment.with(Input.IMAGE, "jar:app.jar").with(input, text);

    assertThat(problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("`%s`".formatted(input.text())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "image.tar"})
  void refusesSettingsThatNoImageHas(String image) throws IOException {
    Files.createFile(workspace.resolve("image.tar"));
    environment.with(Input.IMAGE, image).with(Input.PORTS, "8080");

    assertThat(problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.what()).isEqualTo("The input `ports` cannot be `8080`");
          assertThat(problem.fix()).contains("jar:PATH");
        });
  }

  @Test
  void aFolderNeedsABaseImage() {
    environment.with(Input.IMAGE, "dir:dist");

    assertThat(problems())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.what()).isEqualTo("The input `base-image` is missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dir:app.jar", "dir:none", "dir:.git", "dir:dist:/a/../b", "jar:dist"})
  void refusesPathsThatCannotBe(String image) throws IOException {
    Files.createDirectory(workspace.resolve(".git"));
    environment.with(Input.IMAGE, image);
    if (image.startsWith("dir:")) {
      environment.with(Input.BASE_IMAGE, "scratch");
    }

    assertThat(problems()).hasSize(1);
  }

  @Test
  void flagsAndEntrypointExcludeEachOther() {
    environment
        .with(Input.IMAGE, "jar:app.jar")
        .with(Input.JVM_FLAGS, "-Xss1m")
        .with(Input.ENTRYPOINT, "java");

    assertThat(problems()).hasSize(1);
  }

  private ContainerSettings settings() {
    return ((ImageSource.Built) source()).settings();
  }

  private ImageSource source() {
    return read().components().getFirst().source().orElseThrow();
  }

  private List<Problem> problems() {
    return catchThrowableOfType(ActionException.class, this::read).problems();
  }

  private Inputs read() {
    return new InputReader(environment, new RecordedWarnings()).read();
  }
}
