package dev.slipway.registry.build;

import static dev.slipway.registry.build.BuildSandbox.AMD64;
import static dev.slipway.registry.build.BuildSandbox.ARM64;
import static dev.slipway.registry.build.BuildSandbox.folder;
import static dev.slipway.registry.build.BuildSandbox.jar;
import static dev.slipway.registry.build.BuildSandbox.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.image.ContainerSettings.Start;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.build.BuildSandbox.PulledImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images that are built on a base image of the same registry, as the registry has them afterwards.
class BuiltImagesTest {
  @TempDir private Path folder;
  private final BuildSandbox sandbox = new BuildSandbox();

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @Test
  void takesASpringBootJarApart() {
    Path path = SampleJar.springBoot().writeTo(folder.resolve("shop.jar"));

    PulledImage image = sandbox.pushed(jar(path, on(sandbox.base(folder), AMD64)));

    assertThat(comments(image.config()))
        .containsExactly(
            "",
            "dependencies",
            "spring-boot-loader",
            "snapshot-dependencies",
            "resources",
            "application");
    assertThat(image.layer(1))
        .containsOnlyKeys(
            "app/", "app/BOOT-INF/", "app/BOOT-INF/lib/", "app/BOOT-INF/lib/a-1.0.jar");
    assertThat(image.layer(5).keySet())
        .contains(
            "app/META-INF/MANIFEST.MF",
            "app/BOOT-INF/classpath.idx",
            "app/BOOT-INF/classes/Shop.class");
    assertThat(words(image.config().at("/config/Entrypoint")))
        .containsExactly(
            "java", "-cp", "/app", "org.springframework.boot.loader.launch.JarLauncher");
  }

  @Test
  void keepsEverythingOfTheBaseImageThatNobodyChanges() {
    Path path = SampleJar.springBoot().writeTo(folder.resolve("shop.jar"));
    Start start =
        new Start(
            List.of(),
            List.of("-Xss1m"),
            Map.of("LANG", "ko_KR.UTF-8", "TZ", "Asia/Seoul"),
            List.of("8080/tcp"),
            Optional.of("1000:1000"));

    PulledImage image = sandbox.pushed(jar(path, on(sandbox.base(folder), start, AMD64)));

    JsonNode config = image.config();
    assertThat(config.path("x-unknown").asInt()).isOne();
    JsonNode run = config.path("config");
    assertThat(run.path("StopSignal").asText()).isEqualTo("SIGQUIT");
    assertThat(words(run.path("Env")))
        .containsExactly("PATH=/bin", "LANG=ko_KR.UTF-8", "TZ=Asia/Seoul");
    assertThat(words(run.path("Entrypoint"))).startsWith("java", "-Xss1m", "-cp");
    assertThat(run.has("Cmd")).isFalse();
    assertThat(run.path("ExposedPorts").has("8080/tcp")).isTrue();
    assertThat(run.path("User").asText()).isEqualTo("1000:1000");
    assertThat(run.path("WorkingDir").asText()).isEqualTo("/app");
    assertThat(run.path("Labels").path("base").asText()).isEqualTo("yes");
    assertThat(run.at("/Labels/org.opencontainers.image.source").asText())
        .isEqualTo("https://github.com/acme/shop");
    assertThat(run.at("/Labels/org.opencontainers.image.revision").asText())
        .isEqualTo("ab".repeat(20));
    assertThat(image.layer(0)).containsOnlyKeys("etc/amd64");
  }

  @Test
  void buildsForEveryWantedPlatform() {
    Path path = SampleJar.springBoot().writeTo(folder.resolve("shop.jar"));
    ImageSource source = jar(path, on(sandbox.base(folder), AMD64, ARM64));

    assertThat(sandbox.inspect(source).platforms()).containsExactly(AMD64, ARM64);
    PulledImage image = sandbox.pushed(source);

    assertThat(image.platform(0).config().path("architecture").asText()).isEqualTo("amd64");
    assertThat(image.platform(1).layer(0)).containsOnlyKeys("etc/arm64");
    assertThat(image.platform(1).manifest.at("/layers/1"))
        .isEqualTo(image.platform(0).manifest.at("/layers/1"));
  }

  @Test
  void saysWhichPlatformsTheBaseImageHas() {
    Path path = SampleJar.springBoot().writeTo(folder.resolve("shop.jar"));
    ImageSource source = jar(path, on(sandbox.base(folder), Platform.parse("linux/riscv64")));

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> sandbox.inspect(source))
        .withMessageContaining("is not there for `linux/riscv64`")
        .withMessageContaining("`linux/amd64`, `linux/arm64`");
  }

  @Test
  void saysWhichBaseImageIsNotThere() {
    Path path = SampleJar.springBoot().writeTo(folder.resolve("shop.jar"));
    ImageSource source = jar(path, on(sandbox.registry.host() + "/base/none:1"));

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> sandbox.inspect(source))
        .withMessageContaining(
            "The base image was not found in %s/base/none".formatted(sandbox.registry.host()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"type\":\"layers\",\"diff_ids\":null}", "{\"type\":\"layers\"}", "null"})
  void buildsOnABaseImageWithoutLayers(String rootfs) {
    Path path = SampleJar.springBoot().writeTo(folder.resolve("shop.jar"));
    String base = sandbox.baseWithoutLayers(folder, rootfs);

    PulledImage image = sandbox.pushed(jar(path, on(base)));

    assertThat(image.config().at("/rootfs/diff_ids")).hasSize(image.layers()).hasSize(5);
  }

  @Test
  void keepsAPlainJarWholeBesideItsLibraries() throws IOException {
    Files.createDirectory(folder.resolve("lib"));
    Files.writeString(folder.resolve("lib/z.jar"), "z");
    Files.writeString(folder.resolve("lib/a-SNAPSHOT.jar"), "a");
    Path path =
        new SampleJar()
            .with("Main-Class", "shop.Main")
            .with("Class-Path", "./lib/z.jar lib/a-SNAPSHOT.jar")
            .writeTo(folder.resolve("shop-1.0.jar"));

    PulledImage image = sandbox.pushed(jar(path, on("scratch")));

    assertThat(image.layers()).isEqualTo(3);
    assertThat(image.layer(0)).containsOnlyKeys("app/", "app/lib/", "app/lib/z.jar");
    assertThat(image.layer(1)).containsKey("app/lib/a-SNAPSHOT.jar");
    assertThat(image.layer(2)).containsOnlyKeys("app/", "app/app.jar");
    assertThat(words(image.config().at("/config/Entrypoint")))
        .containsExactly("java", "-jar", "/app/app.jar");
  }

  @Test
  void keepsModesAndLinksOfAFolder() throws IOException {
    Path site = site("site");

    PulledImage image = sandbox.pushed(folder(site, on(sandbox.base(folder), AMD64)));

    var entries = image.layer(1);
    assertThat(entries.keySet())
        .containsExactly(
            "app/", "app/.dockerignore", "app/bin/", "app/bin/run", "app/latest", "app/read.me");
    assertThat(entries)
        .hasEntrySatisfying(
            "app/bin/run", entry -> assertThat(entry.header().getMode() & 0777).isEqualTo(0750))
        .hasEntrySatisfying(
            "app/latest", entry -> assertThat(entry.header().getLinkName()).isEqualTo("bin/run"))
        .hasEntrySatisfying("app/read.me", entry -> assertThat(entry.content()).isEqualTo("hello"));
    assertThat(entries.values())
        .allMatch(entry -> entry.header().getLastModifiedTime().toMillis() == 1000)
        .allMatch(entry -> entry.header().getLongUserId() == 0);
    // What the base image starts, it starts.
    assertThat(words(image.config().at("/config/Entrypoint"))).containsExactly("/start");
    assertThat(words(image.config().at("/config/Cmd"))).containsExactly("jshell");
  }

  @Test
  void givesTheSameDigestOnAnotherDayAndInAnotherPlace() throws IOException {
    String base = sandbox.base(folder);
    Path first = site("first");
    Path second = site(Files.createDirectory(folder.resolve("other")) + "/second");
    Files.setLastModifiedTime(second.resolve("read.me"), FileTime.fromMillis(86_400_000));

    assertThat(sandbox.inspect(folder(first, on(base, AMD64))).digest())
        .isPresent()
        .isEqualTo(sandbox.inspect(folder(second, on(base, AMD64))).digest());
  }

  @Test
  void refusesALinkThatLeadsOut() throws IOException {
    Path site = site("site");
    Files.createSymbolicLink(site.resolve("out"), Path.of("../../etc/passwd"));

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> sandbox.inspect(folder(site, on("scratch"))))
        .withMessageContaining("`dir:site` has a link that leads out of it")
        .withMessageContaining("`out` points at `../../etc/passwd`");
  }

  @Test
  void refusesAFolderWithNothingToStart() throws IOException {
    Path site = site("site");

    assertThatExceptionOfType(ActionException.class)
        .isThrownBy(() -> sandbox.inspect(folder(site, on("scratch"))))
        .withMessageContaining("has nothing to start");
  }

  private Path site(String name) throws IOException {
    Path site = Files.createDirectories(folder.resolve(name));
    Files.createDirectory(site.resolve("bin"));
    Files.createDirectories(site.resolve(".git/objects"));
    Files.writeString(site.resolve(".git/config"), "token");
    Files.writeString(site.resolve("secret.env"), "x");
    Files.writeString(site.resolve(".dockerignore"), "*.env\n");
    Files.writeString(site.resolve("read.me"), "hello");
    Files.writeString(site.resolve("bin/run"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        site.resolve("bin/run"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(site.resolve("latest"), Path.of("bin/run"));
    return site;
  }

  private static List<String> words(JsonNode list) {
    return texts(list, "");
  }

  private static List<String> comments(JsonNode config) {
    return texts(config.path("history"), "/comment");
  }

  private static List<String> texts(JsonNode list, String pointer) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
        .map(i -> list.get(i).at(pointer).asText())
        .toList();
  }
}
