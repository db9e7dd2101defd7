package com.google.cloud.tools.jib.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.NullMarked;

/// Sockets with TLS, as the Java runtime is told to make them.
@NullMarked
final class SecureSockets extends SSLConnectionSocketFactory {
  SecureSockets() {
    super((SSLSocketFactory) SSLSocketFactory.getDefault(), getDefaultHostnameVerifier());
  }

  /// A socket that is closed when the thread that waits for it is interrupted. One that is not made
  /// of a channel goes on waiting, for minutes after an upload has failed beside it.
  static Socket interruptible() throws IOException {
    return SocketChannel.open().socket();
  }

  @Override
  public Socket createSocket(HttpContext context) throws IOException {
    return interruptible();
  }
}
