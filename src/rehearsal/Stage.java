import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Everything that the action meets in the rehearsal: GitHub and AWS with TLS on one loopback port,
/// a registry without on another.
///
/// @param address of GitHub and AWS
record Stage(String address) {
  /// The commit that is delivered.
  static final String COMMIT = "7638417db6d59f3c431d3e1f261cc637155684cd";

  /// Of the certificate's file, and of ECR.
  static final String PASSWORD = "password";

  private static final String EARLIER = "5b069c2070c0c0a58369b8a32bec9d0f3bbd3858";
  private static final String VALUES =
      """
      # The values of a chart.
      api:
        image: {repository: api, tag: '1.2.2'}
      web:
        image:
          repository: web
          tag: "1.2.2"  # set by the delivery
      """;

  /// Starts the servers.
  ///
  /// @param keys where the certificate that vouches for them is to be written
  static Stage open(Path keys) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer registry = start(HttpServer.create(anyPort, 0), Stage::registry);
    HttpsServer services = HttpsServer.create(anyPort, 0);
    services.setHttpsConfigurator(new HttpsConfigurator(withKeys(keys)));
    start(services, exchange -> service(exchange, registry.getAddress().getPort()));
    return new Stage("https://localhost:" + services.getAddress().getPort());
  }

  private static HttpServer start(HttpServer server, HttpHandler handler) {
    server.createContext("/", handler);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private static SSLContext withKeys(Path file) throws Exception {
    String command =
        "%s/bin/keytool -genkeypair -keyalg EC -alias stage -dname CN=localhost"
            + " -ext san=dns:localhost -storepass %s -keystore %s";
    new ProcessBuilder(
            command.formatted(System.getProperty("java.home"), PASSWORD, file).split(" "))
        .start()
        .waitFor();
    KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  /// An empty registry that takes everything.
  private static void registry(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        exchange.getResponseHeaders().add("Location", exchange.getRequestURI().getPath() + "1");
        answer(exchange, 202, "");
      }
      case "PUT" -> answer(exchange, 201, "");
      case "HEAD" -> answer(exchange, 404, "");
      default -> answer(exchange, 404, "{\"errors\": [{\"code\": \"MANIFEST_UNKNOWN\"}]}");
    }
  }

  private static void service(HttpExchange exchange, int registryPort) throws IOException {
    String request =
        exchange.getRequestURI() + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
      answer(exchange, 200, ecrLogin(registryPort));
    } else {
      answer(exchange, 200, gitHub(request));
    }
  }

  private static String ecrLogin(int registryPort) {
    return """
        {"authorizationData": [{"authorizationToken": "%s", "expiresAt": 4102444800,
          "proxyEndpoint": "http://127.0.0.1:%d"}]}"""
        .formatted(
            Base64.getEncoder().encodeToString(("AWS:" + PASSWORD).getBytes(UTF_8)), registryPort);
  }

  private static String gitHub(String request) {
    if (request.contains("/tags?")) {
      return "[{\"name\": \"v1.2.2\", \"commit\": {\"sha\": \"%s\"}}]".formatted(EARLIER);
    }
    if (request.contains("/compare/")) {
      return """
          {"status": "ahead", "total_commits": 1, "base_commit": {"sha": "%1$s"},
           "merge_base_commit": {"sha": "%1$s"}, "files": [], "commits": [{"sha": "%2$s", "commit":
             {"message": "fix: all", "author": {"name": "a", "date": "2026-01-01T00:00:00Z"},
              "committer": {"name": "a", "date": "2026-01-01T00:00:00Z"}}}]}"""
          .formatted(EARLIER, COMMIT);
    }
    if (request.contains("/git/blobs/")) {
      return VALUES;
    }
    return "{\"data\": %s}".formatted(graphQl(request));
  }

  private static String graphQl(String request) {
    String file =
        "{\"mode\": 33188, \"oid\": \"%s\", \"size\": %d}".formatted(blobId(), VALUES.length());
    if (request.contains("query BaseBranch")) {
      return """
          {"repository": {"nameWithOwner": "octocat/gitops", "isArchived": false,
            "viewerPermission": "WRITE", "pullRequests": {"nodes": []},
            "defaultBranchRef": {"name": "main", "target": {"oid": "%s", "file0": %s,
              "history0": {"nodes": []}}}}}"""
          .formatted(EARLIER, file);
    }
    if (request.contains("query DirectCommit")) {
      return """
          {"repository": {"id": "R_1", "nameWithOwner": "octocat/gitops", "viewerPermission": "WRITE",
            "ref": {"target": {"oid": "%1$s", "tree": {"oid": "%1$s"}, "message": "Before",
              "changedFilesIfAvailable": 1, "parents": {"nodes": []}, "file0": %2$s}}}}"""
          .formatted(EARLIER, file);
    }
    return "{\"createCommitOnBranch\": {\"commit\": {\"oid\": \"%s\"}}}".formatted(COMMIT);
  }

  /// The name that git gives to the values file.
  private static String blobId() {
    return Digests.hex("SHA-1", "blob %d\0%s".formatted(VALUES.length(), VALUES).getBytes(UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
