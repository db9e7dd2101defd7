package dev.slipway.argocd;

import dev.slipway.delivery.Loopback;
import dev.slipway.problem.ActionException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The address of an Argo CD server: `https://argocd.example.com`, with a path where Argo CD has
/// one (`--rootpath`). Plain HTTP goes to this machine only.
///
/// @param base without a final slash
record ServerAddress(URI base) {
  /// Reads what `argocd-server` says. As for Argo CD's own command line, the scheme may be missing.
  ///
  /// @throws ActionException when it is no address that a token may be sent to
  static ServerAddress parse(String text) {
    URI uri = uri(text.contains("://") ? text.strip() : "https://" + text.strip());
    String scheme = lower(uri.getScheme());
    String host = lower(uri.getHost());
    if (host.isEmpty()) {
      throw refused("it names no host");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw refused("it has a user, a query or a fragment");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && Loopback.isHost(host))) {
      throw refused("the token would travel without TLS");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new ServerAddress(
        URI.create(scheme + "://" + host + port + uri.getRawPath().replaceFirst("/+$", "")));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      // Its message quotes the address, which may hold a password.
      throw refused("it is not a web address");
    }
  }

  private static String lower(@Nullable String part) {
    return part == null ? "" : part.toLowerCase(Locale.ROOT);
  }

  /// An address below.
  URI resolve(String path) {
    return URI.create(base + path);
  }

  private static ActionException refused(String why) {
    return new ActionException(
        "`argocd-server` is not an address of Argo CD",
        why,
        "write it as `https://argocd.example.com`, with the path where Argo CD has one");
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
