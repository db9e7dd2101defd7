package com.google.cloud.tools.jib.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.apache.http.HttpHost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.routing.RouteInfo;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Sockets without TLS: to a proxy, through which TLS then runs, and to this machine itself.
///
/// It looks at the address that is connected to and not at a name, so that neither a redirect, nor
/// a token server, nor a name that resolves elsewhere gets an unencrypted request.
@NullMarked
final class PlainSockets extends PlainConnectionSocketFactory {
  private final boolean loopback;

  PlainSockets(boolean loopback) {
    this.loopback = loopback;
  }

  @Override
  public Socket createSocket(HttpContext context) throws IOException {
    return SecureSockets.interruptible();
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
    boolean thisMachine = remoteAddress.getAddress().isLoopbackAddress();
    if (!isTunnel(context) && !(loopback && thisMachine)) {
      throw new PlainHttpRefused(host.getHostName());
    }
    return super.connectSocket(connectTimeout, socket, host, remoteAddress, localAddress, context);
  }

  private static boolean isTunnel(HttpContext context) {
    RouteInfo route = HttpClientContext.adapt(context).getHttpRoute();
    return route != null && route.isSecure();
  }
}
