package dev.slipway.registry.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.config.MessageConstraints;
import org.apache.http.impl.DefaultBHttpClientConnection;
import org.apache.http.message.BasicHttpRequest;

/// The answer to one request, on a connection of its own.
final class EngineAnswer implements Closeable {
  private static final int BUFFER = 128 << 10;
  private static final int LONGEST_TEXT = 8 << 20;
  private static final MessageConstraints HEADERS =
      MessageConstraints.custom().setMaxHeaderCount(100).setMaxLineLength(16 << 10).build();

  private final Socket socket;
  private final HttpResponse response;

  private EngineAnswer(Socket socket, HttpResponse response) {
    this.socket = socket;
    this.response = response;
  }

  /// Asks for `path`.
  ///
  /// @param silence how long to wait for the next byte
  static EngineAnswer get(Path engine, String path, Duration silence) throws IOException {
    Socket socket = ChannelSocket.connect(engine, silence);
    try {
      return new EngineAnswer(socket, exchange(socket, path));
    } catch (HttpException e) {
      socket.close();
      throw new IOException("its answer is not HTTP", e);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static HttpResponse exchange(Socket socket, String path)
      throws IOException, HttpException {
    // Closing it would close the socket, which has an owner.
    @SuppressWarnings("resource")
    DefaultBHttpClientConnection connection =
        new DefaultBHttpClientConnection(BUFFER, null, null, HEADERS);
    connection.bind(socket);
    BasicHttpRequest request = new BasicHttpRequest("GET", path, HttpVersion.HTTP_1_1);
    request.addHeader("Host", "docker");
    request.addHeader("Connection", "close");
    connection.sendRequestHeader(request);
    connection.flush();
    HttpResponse response = connection.receiveResponseHeader();
    connection.receiveResponseEntity(response);
    return response;
  }

  /// The status code of HTTP.
  int status() {
    return response.getStatusLine().getStatusCode();
  }

  /// What follows the headers.
  InputStream body() throws IOException {
    Optional<HttpEntity> entity = Optional.ofNullable(response.getEntity());
    return entity.isPresent() ? entity.get().getContent() : InputStream.nullInputStream();
  }

  /// The body as a text; its start where it is very long.
  String text() throws IOException {
    return new String(body().readNBytes(LONGEST_TEXT), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
