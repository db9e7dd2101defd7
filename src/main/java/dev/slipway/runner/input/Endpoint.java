package dev.slipway.runner.input;

import dev.slipway.delivery.Loopback;
import java.net.URI;
import java.net.URISyntaxException;

/// The address of an API: HTTPS, or plain HTTP to this machine itself.
final class Endpoint {
  private Endpoint() {}

  /// Reads an address; slashes at its end are dropped.
  ///
  /// @throws IllegalArgumentException when it is none, or tokens would travel in the clear
  static URI parse(String text) {
    URI uri = uri(text.replaceAll("/+$", ""));
    String scheme = String.valueOf(uri.getScheme());
    if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException("it is not a web address such as `https://host/path`");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("it carries a login, a `?` or a `#`");
    }
    if (scheme.equals("http") && !Loopback.isHost(uri.getHost())) {
      throw new IllegalArgumentException(
          "without TLS (`http://`) only this machine itself may be spoken to");
    }
    return uri;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is not a web address: " + e.getReason(), e);
    }
  }
}
