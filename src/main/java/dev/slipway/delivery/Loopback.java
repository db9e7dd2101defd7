package dev.slipway.delivery;

import java.util.Locale;
import java.util.regex.Pattern;

/// This machine itself, as the host of an address: the only host that is spoken to without TLS.
public final class Loopback {
  private static final Pattern HOST =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private Loopback() {}

  /// Whether `host`, as [java.net.URI#getHost] gives it, is this machine whatever a name server
  /// says.
  public static boolean isHost(String host) {
    return HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
