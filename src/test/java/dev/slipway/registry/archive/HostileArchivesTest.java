package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.slipway.problem.ActionException;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Archives made to deceive, and archives that are merely broken: one clear error each, before
/// anything can be sent.
class HostileArchivesTest extends ArchiveTest {
  private static final SampleImages SAMPLES = new SampleImages(Path.of(""), "hello");
  private static final byte[] LAYER = SAMPLES.layers("amd64").getFirst();
  private static final String SECRET = "/proc/self/environ";

  @ParameterizedTest
  @MethodSource({"layouts", "documents", "dockerArchives", "otherTars"})
  void refuses(byte[] tar, String reason) throws IOException {
    Path path = Files.write(folder.resolve("image.tar"), tar);

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> archives.open(archive(path)))
        .withMessageStartingWith("`dist/image.tar` ")
        .withMessageContaining(reason);
  }

  static Stream<Arguments> layouts() {
    return Stream.of(
        layout("no image", (layout, image) -> layout.contents(), "Its list of images is empty"),
        layout(
            "two images",
            (layout, image) ->
                layout.contents(
                    named(image, "app:1"), named(SAMPLES.image(layout, "arm64", ""), "app:2")),
            "nothing says which: `app:1`, `app:2`"),
        layout(
            "a manifest that is not there",
            (layout, image) -> layout.contents(image).withoutBlob(image),
            "Missing: sha256:"),
        layout(
            "a layer that is not there",
            (layout, image) ->
                layout
                    .contents(image)
                    .without("blobs/sha256/" + ImageLayout.digest(SampleImages.gzip(LAYER)).hex()),
            "Missing: sha256:%s of sha256:"
                .formatted(ImageLayout.digest(SampleImages.gzip(LAYER)).hex())),
        layout(
            "a platform that is not there",
            (layout, image) -> {
              String arm64 = SAMPLES.image(layout, "arm64", platform("arm64"));
              layout.contents(layout.addIndex(List.of(image, arm64), "")).withoutBlob(arm64);
            },
            "Missing: linux/arm64. An engine that has pulled one platform"),
        layout(
            "a changed manifest",
            (layout, image) ->
                layout
                    .contents(image)
                    .file(
                        "blobs/sha256/" + ImageLayout.digestIn(image).hex(),
                        "{}"
                            .repeat(sizeIn(image) / 2 + 1)
                            .substring(0, sizeIn(image))
                            .getBytes(UTF_8)),
            "should have the digest " + ImageLayout.digestIn(image(new ImageLayout()))),
        layout(
            "a changed config",
            (layout, image) -> {
              byte[] config = SAMPLES.config("amd64");
              layout.contents(image).file(blob(config), changed(config));
            },
            "should have the digest " + ImageLayout.digest(SAMPLES.config("amd64"))),
        layout(
            "a changed layer",
            (layout, image) -> {
              byte[] layer = SampleImages.gzip(LAYER);
              layout.contents(image).file(blob(layer), changed(layer));
            },
            "should have the digest " + ImageLayout.digest(SampleImages.gzip(LAYER))),
        layout(
            "a wrong size",
            (layout, image) ->
                layout.contents(
                    image.replace("\"size\":" + sizeIn(image), "\"size\":" + (sizeIn(image) + 1))),
            "bytes, but has"),
        layout(
            "a layer that is not what it is called",
            (layout, image) -> {
              String config = layout.add(ImageLayout.CONFIG, SAMPLES.config("amd64"));
              String layer = layout.add(ImageLayout.LAYER + "+gzip", LAYER);
              layout.contents(layout.addManifest(config, List.of(layer), ""));
            },
            "The manifest says gzip for " + ImageLayout.digest(LAYER)),
        layout(
            "a manifest without the layers of its config",
            (layout, image) -> {
              String config = layout.add(ImageLayout.CONFIG, SAMPLES.config("amd64"));
              layout.contents(layout.addManifest(config, List.of(), ""));
            },
            "lists 0 layers, but its config 3"),
        layout(
            "too many layers",
            (layout, image) -> {
              String config = layout.add(ImageLayout.CONFIG, SAMPLES.config("amd64"));
              String layer = layout.add(ImageLayout.LAYER, LAYER);
              layout.contents(
                  layout.addManifest(config, Collections.nCopies(Limits.LAYERS + 1, layer), ""));
            },
            "has 128 layers; container engines can run at most 127"),
        layout(
            "too many manifests",
            (layout, image) -> {
              List<String> images = new ArrayList<>();
              for (int i = 0; i < Limits.MANIFESTS; i++) {
                images.add(
                    layout.add(
                        ImageLayout.INDEX,
                        "{\"schemaVersion\":2,\"manifests\":[],\"n\":%d}"
                            .formatted(i)
                            .getBytes(UTF_8)));
              }
              layout.contents(layout.addIndex(images, ""));
            },
            "more than 512 manifests"),
        layout(
            "indexes in indexes in indexes",
            (layout, image) -> {
              String nested = image;
              for (int i = 0; i <= Limits.INDEX_DEPTH; i++) {
                nested = layout.addIndex(List.of(nested), "");
              }
              layout.contents(nested);
            },
            "nested more than 3 deep"),
        layout(
            "something else than an image",
            (layout, image) ->
                layout.contents(layout.add("application/vnd.example+json", "{}".getBytes(UTF_8))),
            "the media type `application/vnd.example+json`"),
        layout(
            "another version",
            (layout, image) ->
                layout
                    .contents(image)
                    .file("oci-layout", "{\"imageLayoutVersion\":\"2.0.0\"}".getBytes(UTF_8)),
            "says version `2.0.0`"));
  }

  static Stream<Arguments> documents() {
    String image = image(new ImageLayout());
    return Stream.of(
        index("no JSON", _ -> "{", "`index.json`: it is not JSON"),
        index("an empty document", _ -> "", "it is empty"),
        index("two documents", json -> json + json, "it is not JSON"),
        index(
            "a key twice",
            json -> json.replace("{\"schema", "{\"manifests\":[],\"schema"),
            "not JSON"),
        index("deep nesting", _ -> "[".repeat(100_000), "it is not JSON"),
        index("many tokens", _ -> "[" + "{},".repeat(1_000_000) + "{}]", "it is not JSON"),
        index(
            "a huge document", json -> json + " ".repeat(Limits.DOCUMENT), "4,194,304 are allowed"),
        index(
            "no list", json -> json.replaceAll("\\[.*\\]", "{\"a\":{}}"), "`manifests` is no list"),
        index("no digest", json -> json.replace("\"digest\"", "\"d\""), "`digest` is missing"),
        index(
            "a path for a digest",
            json -> json.replace("sha256:", "sha256:../../"),
            "is no sha256 digest"),
        index(
            "another algorithm",
            json -> json.replaceAll("sha256:[0-9a-f]+", "sha512:" + "0".repeat(128)),
            "is no sha256 digest"),
        index(
            "a negative size",
            json -> json.replace("\"size\":", "\"size\":-"),
            "a `size` is missing or no number"),
        index(
            "a size that is a text",
            json -> json.replace("\"size\":" + sizeIn(image), "\"size\":\"1\""),
            "a `size` is missing or no number"),
        index(
            "a platform with a line feed",
            json -> json.replace("\"size\"", "\"platform\":{\"os\":\"a\\nb\"},\"size\""),
            "a platform has unexpected characters"),
        manifest("an old schema", json -> json.replace(":2,", ":1,"), "`schemaVersion` is not 2"),
        manifest(
            "another media type inside",
            json -> json.replaceFirst("manifest\\.v1", "index.v1"),
            "not the one under which it is listed"),
        manifest(
            "an index inside",
            json -> json.replace("\"layers\"", "\"manifests\":[],\"layers\""),
            "it is no manifest"),
        manifest("no config", json -> json.replace("\"config\"", "\"c\""), "a `size` is missing"));
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

  /// The whole text of a refusal.
  static String text(Refused refused) {
    return refused.in(archive(Path.of("image.tar"))).problems().stream()
        .map(problem -> problem.what() + ": " + problem.why() + " " + problem.fix())
        .collect(Collectors.joining());
  }

  private interface Change {
    void apply(ImageLayout layout, String image);
  }

  private static Arguments layout(String name, Change change, String reason) {
    ImageLayout layout = new ImageLayout();
    change.apply(layout, image(layout));
    return argumentSet(name, layout.tar(), reason);
  }

  private static Arguments index(String name, UnaryOperator<String> change, String reason) {
    ImageLayout layout = new ImageLayout();
    String image = image(layout);
    String index = new String(ImageLayout.index(List.of(image)), UTF_8);
    layout.contents(image).file("index.json", change.apply(index).getBytes(UTF_8));
    return argumentSet("an index with " + name, layout.tar(), reason);
  }

  private static Arguments manifest(String name, UnaryOperator<String> change, String reason) {
    ImageLayout layout = new ImageLayout();
    String config = layout.add(ImageLayout.CONFIG, SAMPLES.config("amd64"));
    String manifest = new String(ImageLayout.manifest(config, List.of()), UTF_8);
    layout.contents(layout.add(ImageLayout.MANIFEST, change.apply(manifest).getBytes(UTF_8)));
    return argumentSet("a manifest with " + name, layout.tar(), reason);
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

  private static String image(ImageLayout layout) {
    return SAMPLES.image(layout, "amd64", "");
  }

  private static String named(String descriptor, String name) {
    return descriptor.replace(
        "}", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}}");
  }

  private static String platform(String architecture) {
    return ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}";
  }

  private static int sizeIn(String descriptor) {
    return Integer.parseInt(descriptor.replaceAll(".*\"size\":(\\d+).*", "$1"));
  }

  private static String blob(byte[] content) {
    return "blobs/sha256/" + ImageLayout.digest(content).hex();
  }

  private static byte[] changed(byte[] content) {
    byte[] changed = content.clone();
    changed[changed.length - 1] ^= 1;
    return changed;
  }
}
