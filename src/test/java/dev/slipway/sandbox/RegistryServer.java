package dev.slipway.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A real registry on a free loopback port: the `docker-registry` of Debian, or, where that is not
/// installed, one of our own that answers the same.
public final class RegistryServer implements AutoCloseable {
  /// The password of [#withLogin], for every user of [#USERS]. Must appear in no output.
  public static final String PASSWORD = "canary-registry-password";

  /// Who may sign in with [#PASSWORD]; `AWS` is the name in every token of ECR.
  public static final List<String> USERS = List.of("AWS", "slipway");

  private static final String BCRYPT =
      "$2b$04$abcdefghijklmnopqrstuujZStvIVNwWmabTnn7IyzxQDOl3eXrqC";
  private static final Path BINARY = Path.of("/usr/bin/docker-registry");
  private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:[0-9]+)");

  private final String host;
  private final AutoCloseable server;

  private RegistryServer(String host, AutoCloseable server) {
    this.host = host;
    this.server = server;
  }

  /// A registry that everybody may push to.
  public static RegistryServer open() {
    return start(false, Map.of());
  }

  /// A registry that wants a login with every request.
  public static RegistryServer withLogin() {
    return start(true, Map.of());
  }

  /// One that wants a login too, and names no host in its answers, for it is reached by another.
  public static RegistryServer behindFront() {
    return start(true, Map.of("REGISTRY_HTTP_RELATIVEURLS", "true"));
  }

  /// The one of our own that everybody may push to, whatever is installed.
  public static RegistryServer small() throws IOException {
    return small(_ -> true);
  }

  private static RegistryServer start(boolean login, Map<String, String> more) {
    try {
      if (Files.isExecutable(BINARY)) {
        return real(login, more);
      }
      return small(login ? RegistryServer::mayEnter : _ -> true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RegistryServer small(Predicate<String> mayEnter) throws IOException {
    SmallRegistry registry = new SmallRegistry(mayEnter);
    return new RegistryServer(registry.host(), registry);
  }

  private static boolean mayEnter(String authorization) {
    return USERS.stream().map(RegistryServer::authorization).anyMatch(authorization::equals);
  }

  /// The header that signs `user` in.
  public static String authorization(String user) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  }

  /// Host and port.
  public String host() {
    return host;
  }

  /// Its address.
  public URI uri() {
    return URI.create("http://" + host);
  }

  /// The digest of what a tag stands for; empty: nothing.
  public Optional<String> digest(String repository, String tag) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://%s/v2/%s/manifests/%s".formatted(host, repository, tag)))
            .HEAD()
            .header("Authorization", authorization("AWS"))
            .header("Accept", "application/vnd.oci.image.index.v1+json")
            .header("Accept", "application/vnd.oci.image.manifest.v1+json")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
      return response.statusCode() == 200
          ? response.headers().firstValue("Docker-Content-Digest")
          : Optional.empty();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("the registry does not stop", e);
    }
  }

  private static RegistryServer real(boolean login, Map<String, String> more) throws IOException {
    Path folder = Files.createTempDirectory("slipway-registry");
    Path users = folder.resolve("htpasswd");
    Files.write(users, USERS.stream().map(user -> user + ":" + BCRYPT).toList());
    Path configuration = Files.writeString(folder.resolve("config.yml"), "version: 0.1\n");
    ProcessBuilder command =
        new ProcessBuilder(BINARY.toString(), "serve", configuration.toString())
            .redirectErrorStream(true);
    command.environment().clear();
    command
        .environment()
        .putAll(
            Map.of(
                "REGISTRY_HTTP_ADDR", "127.0.0.1:0",
                "REGISTRY_LOG_LEVEL", "info",
                "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", folder.resolve("data").toString()));
    command.environment().putAll(more);
    if (login) {
      command.environment().put("REGISTRY_AUTH_HTPASSWD_REALM", "sandbox");
      command.environment().put("REGISTRY_AUTH_HTPASSWD_PATH", users.toString());
    }
    Process process = command.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader log = process.inputReader();
    String host = awaitHost(log);
    // Nobody reads the log; a full pipe would stop the registry.
    Thread.ofVirtual().start(() -> drain(log));
    return new RegistryServer(host, () -> stop(process, folder));
  }

  private static void drain(BufferedReader log) {
    try {
      log.transferTo(Writer.nullWriter());
    } catch (IOException _) {
      // The registry was stopped.
    }
  }

  private static String awaitHost(BufferedReader log) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return listening.group(1);
      }
      seen.append(line).append('\n');
    }
    throw new IOException("docker-registry did not start:\n" + seen);
  }

  private static void stop(Process process, Path folder) throws Exception {
    process.destroy();
    process.waitFor();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
