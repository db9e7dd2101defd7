package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.slipway.problem.ActionException;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Docker archives made to deceive, ones that are merely broken, and tar files of other kinds.
class HostileDockerArchivesTest extends ArchiveTest {
  private static final SampleImages SAMPLES = new SampleImages(Path.of(""), "hello");
  private static final byte[] LAYER = SAMPLES.layers("amd64").getFirst();
  private static final String SECRET = "/proc/self/environ";

  @ParameterizedTest
  @MethodSource({"dockerArchives", "otherTars"})
  void refuses(byte[] tar, String reason) throws IOException {
    Path path = Files.write(folder.resolve("image.tar"), tar);

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> archives.open(archive(path)))
        .withMessageStartingWith("`dist/image.tar` ")
        .withMessageContaining(reason);
  }

  static Stream<Arguments> dockerArchives() {
    String config = new String(SAMPLES.config("amd64"), UTF_8);
    String three = "[\"0.tar\",\"0.tar\",\"0.tar\"]";
    return Stream.of(
        docker("an absolute layer", config, three.replaceFirst("0.tar", SECRET), "leads out"),
        docker("a climbing layer", config, three.replaceFirst("0.tar", "../0.tar"), "leads out"),
        docker(
            "a layer that is not there",
            config,
            three.replaceFirst("0", "1"),
            "`1.tar` is not in it"),
        docker(
            "a folder for a layer",
            config,
            three.replaceFirst("0.tar", "f"),
            "`f` should be a file"),
        docker("fewer layers than diff_ids", config, "[\"0.tar\"]", "1 layers, but its config 3"),
        docker("a layer that is no text", config, "[1,2,3]", "has something else in it"),
        docker("a config that is no JSON", "x", three, "`config.json`: it is not JSON"),
        docker("a config that is a list", "[]", "[]", "it is no config of an image"),
        docker(
            "a diff_id that is no digest",
            config.replace("sha256:", "md5:"),
            three,
            "is no sha256 digest"),
        argumentSet(
            "no image",
            new TarWriter().file("manifest.json", "[]").bytes(),
            "Its list of images is empty"),
        argumentSet(
            "no list of images",
            new TarWriter().file("manifest.json", "{}").bytes(),
            "it is no list of images"),
        argumentSet(
            "two images",
            new TarWriter()
                .file(
                    "manifest.json",
                    "[{\"Config\":\"a\",\"RepoTags\":[\"a:1\"]},{\"Config\":\"b\",\"RepoTags\":null}]")
                .bytes(),
            "nothing says which: `a:1`, `b`"),
        argumentSet(
            "an absolute config",
            new TarWriter()
                .file("manifest.json", "[{\"Config\":\"%s\",\"Layers\":[]}]".formatted(SECRET))
                .bytes(),
            "`" + SECRET + "` leads out"),
        argumentSet(
            "a config with another digest than its name says",
            new TarWriter()
                .file("0".repeat(64) + ".json", config)
                .file(
                    "manifest.json",
                    "[{\"Config\":\"%s.json\",\"Layers\":[]}]".formatted("0".repeat(64)))
                .bytes(),
            "should have the digest sha256:" + "0".repeat(64)),
        argumentSet(
            "a layer that links to a file of the runner",
            new TarWriter().symbolicLink("0.tar", SECRET).file("manifest.json", "[]").bytes(),
            "`" + SECRET + "` leads out"));
  }

  static Stream<Arguments> otherTars() {
    return Stream.of(
        argumentSet("an empty tar file", new TarWriter().bytes(), "it is empty"),
        argumentSet(
            "a file system",
            new TarWriter().folder("bin").folder("etc").file("etc/a", "").bytes(),
            "it begins with `bin`, `etc`"),
        argumentSet(
            "a text in the name",
            new TarWriter().file("a\n::error::b`c\u202e", "").bytes(),
            "it begins with `a?::error::b?c?`"),
        argumentSet(
            "a cut archive, cut between two entries",
            new TarWriter()
                .file("manifest.json", "[{\"Config\":\"a\",\"Layers\":[]}]")
                .bytesWithoutEnd(),
            "`a` is not in it. The mark at the end of the file is missing, too"));
  }

  private static Arguments docker(String name, String config, String layers, String reason) {
    byte[] tar =
        new TarWriter()
            .folder("f")
            .file("config.json", config)
            .file("0.tar", LAYER)
            .file("manifest.json", "[{\"Config\":\"config.json\",\"Layers\":%s}]".formatted(layers))
            .bytes();
    return argumentSet("a docker archive with " + name, tar, reason);
  }
}
