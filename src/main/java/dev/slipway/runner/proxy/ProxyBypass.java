package dev.slipway.runner.proxy;

import dev.slipway.delivery.Loopback;
import dev.slipway.runner.Blanks;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Which hosts are reached without the proxy: `NO_PROXY`, read as actions/toolkit [reads
/// it](https://github.com/actions/toolkit/blob/main/packages/http-client/src/proxy.ts), and always
/// this machine itself.
///
/// @param entries hosts or `host:port`, each for its subdomains too; `*` for all
record ProxyBypass(List<String> entries) {
  static ProxyBypass parse(String noProxy) {
    return new ProxyBypass(
        Arrays.stream(noProxy.toLowerCase(Locale.ROOT).split(","))
            .map(Blanks::trim)
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  boolean covers(URI uri) {
    if (uri.getHost() == null) {
      return true;
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return Loopback.isHost(host)
        || entries.stream()
            .anyMatch(entry -> covers(entry, host) || covers(entry, host + ":" + port(uri)));
  }

  private static boolean covers(String entry, String host) {
    return entry.equals("*")
        || host.equals(entry)
        || host.endsWith(entry.startsWith(".") ? entry : "." + entry);
  }

  /// The port, or the scheme's own where the address names none.
  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
