package dev.slipway.registry;

import com.google.cloud.tools.jib.registry.RegistryAliasGroup;
import java.net.URL;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a registry listens, and which servers may see its login.
///
/// @param scheme `https`; `http` only on this machine itself
/// @param host with its port where it is not the scheme's own
record RegistryAddress(String scheme, String host) {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]{1,5})?");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

  // Token servers that are neither at their registry's name nor above it.
  private static final Map<String, String> KNOWN_TOKEN_SERVERS =
      Map.of("registry-1.docker.io", "auth.docker.io");

  /// The registry that goes by the name `host` in an image's name: with TLS, but on this machine
  /// itself without.
  static RegistryAddress of(String host) {
    return new RegistryAddress(
        isThisMachine(host) ? "http" : "https", RegistryAliasGroup.getHost(host));
  }

  /// Whether `host`, with or without a port, is a name of this machine itself.
  static boolean isThisMachine(String host) {
    return THIS_MACHINE.matcher(host).matches();
  }

  boolean plainHttp() {
    return scheme.equals("http");
  }

  /// Whether the login may be shown to `url`: the registry itself on any port, or, with TLS, a
  /// domain above it (whoever owns that owns the registry's name), or a token server that is known
  /// to belong to it.
  boolean trusts(URL url) {
    if (url.getUserInfo() != null) {
      return false;
    }
    String theirs = url.getHost().toLowerCase(Locale.ROOT);
    String ours = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
    if (!url.getProtocol().equals("https")) {
      return plainHttp() && url.getProtocol().equals("http") && theirs.equals(ours);
    }
    return theirs.equals(ours)
        || isDomainAbove(theirs, ours)
        || theirs.equals(KNOWN_TOKEN_SERVERS.get(ours));
  }

  private static boolean isDomainAbove(String theirs, String ours) {
    boolean isName = !theirs.isEmpty() && Character.isLetter(theirs.charAt(theirs.length() - 1));
    return isName && theirs.contains(".") && ours.endsWith("." + theirs);
  }
}
