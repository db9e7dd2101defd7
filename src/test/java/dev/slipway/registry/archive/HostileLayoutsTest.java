package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.slipway.problem.ActionException;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// OCI archives made to deceive, and ones that are merely broken: one clear error each, before
/// anything can be sent.
class HostileLayoutsTest extends ArchiveTest {
  private static final SampleImages SAMPLES = new SampleImages(Path.of(""), "hello");
  private static final byte[] LAYER = SAMPLES.layers("amd64").getFirst();

  @ParameterizedTest
  @MethodSource({"layouts", "documents"})
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
