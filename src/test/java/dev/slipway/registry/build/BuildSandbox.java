package dev.slipway.registry.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.aws.AwsAccess;
import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.RunContext;
import dev.slipway.delivery.Ticker;
import dev.slipway.image.Attestations;
import dev.slipway.image.BaseImage;
import dev.slipway.image.ContainerSettings;
import dev.slipway.image.ContainerSettings.From;
import dev.slipway.image.ContainerSettings.Start;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.image.Tag;
import dev.slipway.registry.JibImageRegistry;
import dev.slipway.registry.RegistryAccess;
import dev.slipway.registry.SourceRegistries;
import dev.slipway.registry.archive.ImageSources;
import dev.slipway.sandbox.ImageLayout;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.TarWriter;
import dev.slipway.version.CommitSha;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// A registry with a base image, and all that builds on it and pushes to it.
final class BuildSandbox implements AutoCloseable {
  static final Platform AMD64 = Platform.parse("linux/amd64");
  static final Platform ARM64 = Platform.parse("linux/arm64");

  private static final String RUN = "https://github.com/acme/shop/actions/runs/7";

  private static final Inputs.Aws NO_AWS =
      new Inputs.Aws(Optional.empty(), Optional.empty(), Optional.empty());

  final RegistryServer registry = RegistryServer.open();
  final RegistryAccess access =
      new RegistryAccess(
          new RegistryChoice.Host(registry.host()),
          false,
          new Inputs.Access(
              Optional.empty(),
              Optional.empty(),
              URI.create("https://api.github.com"),
              Optional.empty(),
              NO_AWS),
          new AwsAccess(NO_AWS, _ -> {}, Pace.of(Ticker.system())),
          "octocat");
  private final SourceRegistries sources =
      new SourceRegistries(access, _ -> {}, Pace.of(Ticker.system()));
  final ImageSources images =
      new ImageSources(
          Attestations.KEEP, sources, new LayeredImageBuilder(sources, run("ab".repeat(20))));
  private final JibImageRegistry target =
      new JibImageRegistry(access, images::open, _ -> {}, Pace.of(Ticker.system()));

  static RunContext run(String commit) {
    return new RunContext(
        RepositoryName.parse("acme/shop"),
        new CommitSha(commit),
        "main",
        Optional.empty(),
        "push",
        false,
        "octocat",
        "7",
        "1",
        URI.create("https://api.github.com"),
        URI.create(RUN));
  }

  /// Pushes a base image for two platforms, and returns what is written for it.
  String base(Path folder) {
    ImageLayout layout = new ImageLayout();
    List<String> entries =
        List.of("amd64", "arm64").stream()
            .map(architecture -> platform(layout, architecture))
            .toList();
    Path file = layout.contents(layout.addIndex(entries, "")).writeTo(folder.resolve("base.tar"));
    push(new ImageSource.OciArchive("base.tar", file), "base/java", "1");
    return registry.host() + "/base/java:1";
  }

  /// Pushes a base image that only sets something, and returns what is written for it.
  String baseWithoutLayers(Path folder, String rootfs) {
    ImageLayout layout = new ImageLayout();
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":null,\"rootfs\":%s}"
            .formatted(rootfs);
    String image =
        layout.addManifest(
            layout.add(ImageLayout.CONFIG, config.getBytes(UTF_8), ""), List.of(), "");
    Path file = layout.contents(image).writeTo(folder.resolve("base.tar"));
    push(new ImageSource.OciArchive("base.tar", file), "base/empty", "1");
    return registry.host() + "/base/empty:1";
  }

  private static String platform(ImageLayout layout, String architecture) {
    byte[] layer = new TarWriter().file("etc/" + architecture, architecture).bytes();
    String config =
        """
        {"architecture":"%s","os":"linux","config":{"Env":["PATH=/bin","LANG=C"],"Cmd":["jshell"],
         "Entrypoint":["/start"],"StopSignal":"SIGQUIT","Labels":{"base":"yes"}},
         "history":[{"created_by":"base"}],"x-unknown":1,
         "rootfs":{"type":"layers","diff_ids":["%s"]}}\
        """
            .formatted(architecture, ImageLayout.digest(layer));
    return layout.addManifest(
        layout.add(ImageLayout.CONFIG, config.getBytes(UTF_8), ""),
        List.of(layout.add(ImageLayout.LAYER, layer, "")),
        ",\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}".formatted(architecture));
  }

  static ContainerSettings on(String base, Platform... platforms) {
    return on(
        base, new Start(List.of(), List.of(), Map.of(), List.of(), Optional.empty()), platforms);
  }

  static ContainerSettings on(String base, Start start, Platform... platforms) {
    return new ContainerSettings(
        new From(BaseImage.parse(base), List.of(platforms)), start, Map.of());
  }

  static ImageSource jar(Path path, ContainerSettings settings) {
    return new ImageSource.ExecutableJar("jar:" + path.getFileName(), path, settings);
  }

  static ImageSource folder(Path path, ContainerSettings settings) {
    return new ImageSource.Folder("dir:" + path.getFileName(), path, "/app", settings);
  }

  Summary inspect(ImageSource source) {
    return images.inspect(source);
  }

  Digest push(ImageSource source, String repository, String tag) {
    ImageName name = target.name(repository);
    target.check(name);
    return target.push(source, name, List.of(new Tag(tag))).digest();
  }

  /// Pushes, and reads back what the registry has.
  PulledImage pushed(ImageSource source) {
    Digest digest = push(source, "acme/shop", "1");
    return new PulledImage(json("manifests/" + digest));
  }

  /// The image of one platform as the registry has it.
  final class PulledImage {
    final JsonNode manifest;

    PulledImage(JsonNode manifest) {
      this.manifest = manifest;
    }

    PulledImage platform(int index) {
      return new PulledImage(
          json("manifests/" + manifest.at("/manifests/" + index + "/digest").asText()));
    }

    JsonNode config() {
      return json("blobs/" + manifest.at("/config/digest").asText());
    }

    /// The entries of a layer, by name; the content of files.
    Map<String, Unpacked> layer(int index) {
      byte[] blob = get("blobs/" + manifest.at("/layers/" + index + "/digest").asText());
      Map<String, Unpacked> entries = new LinkedHashMap<>();
      boolean gzip = manifest.at("/layers/" + index + "/mediaType").asText().endsWith("gzip");
      try (InputStream raw = new ByteArrayInputStream(blob);
          InputStream in = gzip ? new GZIPInputStream(raw) : raw;
          TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          entries.put(entry.getName(), new Unpacked(entry, new String(tar.readAllBytes(), UTF_8)));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return entries;
    }

    int layers() {
      return manifest.path("layers").size();
    }
  }

  /// An entry of a layer.
  record Unpacked(TarArchiveEntry header, String content) {}

  private JsonNode json(String path) {
    try {
      return new ObjectMapper().readTree(get(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://%s/v2/acme/shop/%s".formatted(registry.host(), path)))
            .header("Accept", ImageLayout.INDEX)
            .header("Accept", ImageLayout.MANIFEST)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    target.close();
    images.close();
    registry.close();
  }
}
