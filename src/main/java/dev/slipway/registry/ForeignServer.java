package dev.slipway.registry;

import java.io.IOException;

/// A registry wanted its login to be shown to somebody else. It was not.
final class ForeignServer extends IOException {
  private static final long serialVersionUID = 1L;

  private final String host;

  ForeignServer(String host) {
    super("the login was about to go to " + host);
    this.host = host;
  }

  /// Where the login was about to go.
  String host() {
    return host;
  }
}
