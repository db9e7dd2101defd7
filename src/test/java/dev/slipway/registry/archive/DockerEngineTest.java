package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Attestations;
import dev.slipway.image.EngineImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.ImageSource.DockerDaemon;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.registry.engine.DockerEngine;
import dev.slipway.sandbox.FakeEngine;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.SampleImages.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images that only the Docker engine of this machine has.
class DockerEngineTest {
  private static final DockerDaemon SHOP =
      new DockerDaemon("docker-daemon:acme/shop:1.0", new EngineImageName("acme/shop:1.0"));

  @TempDir private Path folder;
  private FakeEngine engine;
  private FileImageArchives archives;
  private SampleImages samples;

  @BeforeEach
  void start() {
    engine = FakeEngine.at(folder.resolve("docker.sock"));
    archives =
        new FileImageArchives(
            Attestations.KEEP, ArchiveTest.NO_BUILDER, new DockerEngine(engine.socket()), 2);
    samples = new SampleImages(folder, "hello");
  }

  @AfterEach
  void close() throws IOException {
    archives.close();
    engine.close();
  }

  @Test
  void pushesTheSameImageAsTheArchiveThatItSaves() throws IOException {
    Sample saved = samples.dockerArchive();
    engine.image("acme/shop:1.0", Files.readAllBytes(saved.path()));

    Summary summary = archives.inspect(SHOP);
    ArchiveTest.Pushed pushed = ArchiveTest.push(archives, SHOP);

    assertThat(summary.format()).isEqualTo("docker archive");
    assertThat(pushed.manifests())
        .isEqualTo(ArchiveTest.push(archives, ArchiveTest.archive(saved.path())).manifests());
  }

  @Test
  void pushesWhatAContainerdStoreHasVerbatim() throws IOException {
    Sample saved = samples.dockerArchiveOfContainerdStore();
    engine.image("acme/shop:1.0", Files.readAllBytes(saved.path()));

    Summary summary = archives.inspect(SHOP);

    assertThat(summary.format()).isEqualTo("docker archive (OCI layout)");
    assertThat(summary.digest()).isEqualTo(saved.digest());
  }

  @Test
  void readsAnAnswerOfKnownLength() throws IOException {
    byte[] tar = Files.readAllBytes(samples.dockerArchiveWithLayout().path());
    engine
        .looked("acme/shop:1.0")
        .answer("/images/acme/shop:1.0/get", FakeEngine.sized(200, tar, tar.length));

    Summary summary = archives.inspect(SHOP);

    assertThat(summary.layers()).isEqualTo(2);
  }

  @Test
  void readsAnAnswerThatEndsWithTheConnection() throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes("HTTP/1.0 200 OK\r\n\r\n".getBytes(US_ASCII));
    answer.writeBytes(Files.readAllBytes(samples.dockerArchive().path()));
    engine.looked("acme/shop:1.0").answer("/images/acme/shop:1.0/get", answer.toByteArray());

    Summary summary = archives.inspect(SHOP);

    assertThat(summary.layers()).isEqualTo(2);
  }

  @Test
  void asksOnceForThePlanAndThePush() throws IOException {
    engine.image("acme/shop:1.0", Files.readAllBytes(samples.dockerArchive().path()));

    archives.inspect(SHOP);
    ArchiveTest.push(archives, SHOP);

    assertThat(engine.requests())
        .containsExactly(
            "GET /images/acme/shop:1.0/json HTTP/1.1", "GET /images/acme/shop:1.0/get HTTP/1.1");
  }

  @Test
  void namesTheImagesOfTheSameRepository() {
    engine.names("acme/shop:2.0", "acme/shop:latest");

    Problem problem = problem();

    assertThat(problem.what())
        .isEqualTo("`docker-daemon:acme/shop:1.0` is not in the Docker engine");
    assertThat(problem.why())
        .isEqualTo(
            "The engine 28.2.2 at `%s` does not know `acme/shop:1.0`. Of the same repository it has `acme/shop:2.0`, `acme/shop:latest`."
                .formatted(engine.socket()));
    assertThat(problem.fix()).startsWith("Name one of them.").contains("`load: true`");
    assertThat(engine.requests())
        .contains(
            "GET /images/json?filters=%7B%22reference%22%3A%5B%22acme%2Fshop%22%5D%7D HTTP/1.1");
  }

  @Test
  void saysThatTheRepositoryIsUnknown() {
    Problem problem = problem();

    assertThat(problem.why()).endsWith("It has no image of the repository `acme/shop`.");
    assertThat(problem.fix()).contains("the result stays in the builder");
  }

  @Test
  void passesOnWhatTheEngineSays() {
    engine
        .looked("acme/shop:1.0")
        .answer(
            "/images/acme/shop:1.0/get",
            FakeEngine.json(500, "{\"message\":\"no space left\\n::error::on device\"}"));

    Problem problem = problem();

    assertThat(problem.why()).contains("answers with status 500: no space left?::error::on device");
  }

  @Test
  void saysThatTheEngineStoppedInTheMiddle() throws IOException {
    byte[] tar = Files.readAllBytes(samples.dockerArchive().path());
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.write(tar, 0, tar.length / 2);
    sent.writeBytes(
        "{\"errorDetail\":{\"message\":\"layer not found\"},\"error\":\"layer not found\"}\r\n"
            .getBytes(UTF_8));
    engine.image("acme/shop:1.0", sent.toByteArray());

    Problem problem = problem();

    assertThat(problem.why())
        .isEqualTo("The engine stopped in the middle of the image: layer not found");
  }

  @Test
  void noticesAnAnswerThatIsCutOff() throws IOException {
    byte[] tar = Files.readAllBytes(samples.dockerArchive().path());
    byte[] half = Arrays.copyOf(tar, tar.length / 2);
    engine
        .looked("acme/shop:1.0")
        .answer("/images/acme/shop:1.0/get", FakeEngine.sized(200, half, tar.length));
    Problem shorter = problem();
    engine.answer("/images/acme/shop:1.0/get", FakeEngine.chunkedWithoutEnd(half));
    Problem chunks = problem();

    assertThat(shorter.why()).startsWith("The connection ended in the middle of the image");
    assertThat(chunks.why()).startsWith("The connection ended in the middle of the image");
  }

  @Test
  void refusesAnAnswerThatIsNotHttp() {
    engine.answer(
        "/images/acme/shop:1.0/json", "SSH-2.0-OpenSSH_9.6\r\n".repeat(3000).getBytes(US_ASCII));

    Problem problem = problem();

    assertThat(problem.what()).endsWith("cannot be read: the Docker engine does not answer");
  }

  @Test
  void checksWhatTheEngineSavesAsAnyArchive() throws IOException {
    byte[] tar = Files.readAllBytes(samples.dockerArchive().path());
    engine.image("acme/shop:1.0", Arrays.copyOf(tar, tar.length / 2));

    Problem problem = problem();

    assertThat(problem.what()).isEqualTo("`docker-daemon:acme/shop:1.0` is cut off");
  }

  @Test
  void saysThatThereIsNoEngine() throws IOException {
    engine.close();
    Files.delete(engine.socket());

    Problem problem = problem();

    assertThat(problem.what())
        .isEqualTo("`docker-daemon:acme/shop:1.0` cannot be read: there is no Docker engine");
    assertThat(problem.why()).contains("The socket `%s` is not there".formatted(engine.socket()));
  }

  @Test
  void saysThatNobodyListens() {
    engine.close();

    Problem problem = problem();

    assertThat(problem.what()).endsWith("cannot be read: the Docker engine does not answer");
    assertThat(problem.why()).contains("Connection refused");
  }

  private Problem problem() {
    ImageSource.Local source = SHOP;
    return catchThrowableOfType(ActionException.class, () -> archives.inspect(source))
        .problems()
        .getFirst();
  }
}
