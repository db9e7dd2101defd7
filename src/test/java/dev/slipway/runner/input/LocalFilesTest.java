package dev.slipway.runner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.runner.Variables;
import dev.slipway.values.FileContent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests which files an author may name.
class LocalFilesTest {
  @TempDir Path folder;

  private final Variables environment = Variables.ofRun();
  private final InputTexts inputs = new InputTexts(environment);
  private Path workspace = Path.of("");
  private Path temp = Path.of("");

  @BeforeEach
  void layOutTheRunner() throws IOException {
    Path root = folder.toRealPath();
    workspace = Files.createDirectories(root.resolve("work/shop/shop"));
    temp = Files.createDirectory(root.resolve("temp"));
    Files.writeString(workspace.resolve("image.tar"), "image");
    Files.writeString(temp.resolve("image.tar"), "image");
    Files.writeString(root.resolve("secret"), "secret");
    environment.inWorkspace(workspace).with("RUNNER_TEMP", temp.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"image.tar", "./image.tar", "sub/../image.tar"})
  void findsAFileOfTheWorkspace(String given) throws IOException {
    Files.createDirectory(workspace.resolve("sub"));

    assertThat(file(given)).contains(workspace.resolve("image.tar"));
  }

  @Test
  void findsAFileByItsFullPathInWorkspaceAndTemp() {
    assertThat(file(workspace + "/image.tar")).contains(workspace.resolve("image.tar"));
    assertThat(file(temp + "/image.tar")).contains(temp.resolve("image.tar"));
  }

  @Test
  void findsAFileByThePathThatTheMachineKnows() {
    environment.with("RUNNER_WORKSPACE", "/home/runner/work/shop");

    assertThat(file("/home/runner/work/shop/shop/image.tar"))
        .contains(workspace.resolve("image.tar"));
    assertThat(file("/home/runner/work/_temp/image.tar")).contains(temp.resolve("image.tar"));
    assertThat(file("/__w/shop/shop/image.tar")).contains(workspace.resolve("image.tar"));
  }

  @Test
  void followsALinkThatStaysInside() throws IOException {
    Files.createSymbolicLink(workspace.resolve("latest.tar"), Path.of("image.tar"));

    assertThat(file("latest.tar")).contains(workspace.resolve("image.tar"));
  }

  @Test
  void refusesALinkThatLeavesTheWorkspace() throws IOException {
    Files.createSymbolicLink(workspace.resolve("link.tar"), folder.resolve("secret"));
    Files.createSymbolicLink(workspace.resolve("dir"), folder);

    assertThat(file("link.tar")).isEmpty();
    assertThat(file("dir/secret")).isEmpty();
    assertThat(problems()).contains("all links resolved it is outside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../../secret", "/etc/passwd", "/proc/self/environ", "/dev/zero", "/dev/stdin"})
  void refusesWhatIsOutside(String given) {
    assertThat(file(given)).isEmpty();
    assertThat(problems()).isNotEmpty();
  }

  @Test
  void refusesALinkThatLeadsNowhere() throws IOException {
    Files.createSymbolicLink(workspace.resolve("dangling.tar"), Path.of("gone.tar"));

    assertThat(file("dangling.tar")).isEmpty();
    assertThat(problems()).contains("a link that leads nowhere");
  }

  @Test
  void refusesAFolderAndAPipe() throws Exception {
    Path pipe = workspace.resolve("pipe");
    int made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

    assertThat(made).isZero();
    assertThat(file(".")).isEmpty();
    assertThat(file("pipe")).isEmpty();
    assertThat(problems()).contains("it is a folder").contains("it is not a file");
  }

  @Test
  void refusesANameThatIsNone() {
    assertThat(file("image\0.tar")).isEmpty();
    assertThat(problems()).contains("it is no file name");
  }

  @Test
  void refusesEverythingWithoutAWorkspace() {
    environment.with("GITHUB_WORKSPACE", "");

    assertThat(file("image.tar")).isEmpty();
    assertThat(problems()).contains("GITHUB_WORKSPACE");
  }

  @Test
  void namesArchivesThatLieNear() throws IOException {
    Files.createDirectories(workspace.resolve("build/output"));
    Files.createFile(workspace.resolve("build/output/shop.tar.gz"));
    Files.createDirectories(workspace.resolve("node_modules"));
    Files.createFile(workspace.resolve("node_modules/other.tar"));

    assertThat(file("shop.tar")).isEmpty();
    assertThat(problems()).contains("no such file");
    assertThat(ArchivesNearby.under(workspace, "shop.tar"))
        .containsExactly("`build/output/shop.tar.gz`", "`image.tar`");
  }

  @Test
  void namesJarsWhereAJarIsMissing() throws IOException {
    Files.createDirectories(workspace.resolve("target"));
    Files.createFile(workspace.resolve("target/shop-1.2.3.jar"));
    Files.createDirectories(workspace.resolve("gradle/wrapper"));
    Files.createFile(workspace.resolve("gradle/wrapper/gradle-wrapper.jar"));

    assertThat(ArchivesNearby.under(workspace, "target/shop.jar"))
        .containsExactly("`target/shop-1.2.3.jar`");
  }

  @Test
  void readsSmallFilesOnly() throws IOException {
    try (FileChannel large =
        FileChannel.open(
            workspace.resolve("large.yaml"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      large.write(java.nio.ByteBuffer.wrap(new byte[] {1}), 1024 * 1024);
    }

    assertThat(files().content(Input.GITOPS_BOOTSTRAP, "image.tar"))
        .contains(FileContent.of("image"));
    assertThat(files().content(Input.GITOPS_BOOTSTRAP, "large.yaml")).isEmpty();
    assertThat(problems()).contains("1 MiB");
  }

  @Test
  void publishesNothingOfGitsOwnFolderWhereverItIs() throws IOException {
    Files.createDirectories(workspace.resolve("checkouts/shop/.git/objects"));
    Files.createSymbolicLink(workspace.resolve("dist"), Path.of("checkouts/shop/.git"));

    assertThat(files().folder(Input.IMAGE, "checkouts/shop/.git/objects")).isEmpty();
    assertThat(files().folder(Input.IMAGE, "dist")).isEmpty();
    assertThat(problems()).contains("it is not a checked-out file");
  }

  private Optional<Path> file(String given) {
    return files().file(Input.IMAGE, given);
  }

  private LocalFiles files() {
    return new LocalFiles(environment, inputs);
  }

  private String problems() {
    return String.valueOf(
        Optional.ofNullable(catchThrowable(inputs::throwIfAny))
            .map(Throwable::getMessage)
            .orElse(""));
  }
}
