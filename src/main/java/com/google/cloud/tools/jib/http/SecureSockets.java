package com.google.cloud.tools.jib.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.HttpHost;
import org.apache.http.conn.socket.LayeredConnectionSocketFactory;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Sockets with TLS, as the Java runtime is told to make them. The certificates that it trusts are
/// read for the first of them.
@NullMarked
final class SecureSockets implements LayeredConnectionSocketFactory {
  private Optional<Tls> tls = Optional.empty();

  /// A socket that is closed when the thread that waits for it is interrupted. One that is not made
  /// of a channel goes on waiting, for minutes after an upload has failed beside it.
  static Socket interruptible() throws IOException {
    return SocketChannel.open().socket();
  }

  @Override
  public Socket createSocket(HttpContext context) throws IOException {
    return interruptible();
  }

  @Override
  public Socket connectSocket(
      int connectTimeout,
      @Nullable Socket socket,
      HttpHost host,
      InetSocketAddress remoteAddress,
      @Nullable InetSocketAddress localAddress,
      HttpContext context)
      throws IOException {
    return tls().connectSocket(connectTimeout, socket, host, remoteAddress, localAddress, context);
  }

  @Override
  public Socket createLayeredSocket(Socket socket, String target, int port, HttpContext context)
      throws IOException {
    return tls().createLayeredSocket(socket, target, port, context);
  }

  private synchronized Tls tls() {
    Tls known = tls.orElseGet(Tls::new);
    tls = Optional.of(known);
    return known;
  }

  /// Compares the certificate with the host twice: Java does during the handshake, and knows which
  /// domains are anybody's; Apache's client does after it, and need not know, which would take it a
  /// list of ten thousand lines.
  private static final class Tls extends SSLConnectionSocketFactory {
    Tls() {
      super((SSLSocketFactory) SSLSocketFactory.getDefault(), new DefaultHostnameVerifier());
    }

    @Override
    public Socket createSocket(HttpContext context) throws IOException {
      return interruptible();
    }

    @Override
    protected void prepareSocket(SSLSocket socket) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
  }
}
