package dev.slipway.runner.proxy;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A process of its own that sends requests as GitHub's client, AWS's client and Jib's client do,
/// once the proxy of its environment is installed. Prints what each got.
final class ProxiedClients {
  private static final String TOKEN = "Bearer for-the-server";

  private ProxiedClients() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ProxySettings.from(name -> Optional.ofNullable(System.getenv(name))).install();
    for (String scheme : arguments) {
      gitHub(URI.create(scheme + "://github.example/"));
      aws(URI.create(scheme + "://aws.example/"));
      jib(scheme + "://registry.example/");
    }
  }

  private static void gitHub(URI uri) throws IOException, InterruptedException {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    Optional.ofNullable(Authenticator.getDefault()).ifPresent(builder::authenticator);
    try (HttpClient client = builder.build()) {
      java.net.http.HttpRequest request =
          java.net.http.HttpRequest.newBuilder(uri).header("Authorization", TOKEN).build();
      System.out.println(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      System.out.println("failed");
    }
  }

  private static void aws(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setRequestProperty("Authorization", TOKEN);
      System.out.println(
          new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.out.println("failed");
    }
  }

  private static void jib(String url) throws IOException {
    ApacheHttpTransport transport =
        new ApacheHttpTransport(ApacheHttpTransport.newDefaultHttpClientBuilder().build());
    HttpRequest request = transport.createRequestFactory().buildGetRequest(new GenericUrl(url));
    request.setHeaders(new HttpHeaders().setAuthorization(TOKEN));
    try {
      System.out.println(request.execute().parseAsString());
    } catch (IOException e) {
      System.out.println("failed");
    }
  }
}
