package dev.slipway.runner.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTTP proxy: `http://user:password@proxy.example:3128`.
///
/// @param user empty where the proxy asks for no login
/// @param password empty where there is none
record ProxyServer(String host, int port, String user, String password) {
  private static final Pattern USER_INFO = Pattern.compile("^(?:[a-zA-Z0-9+.-]*://)?(.*)@");

  /// Reads the value of a proxy variable. Without a scheme it is `http`.
  ///
  /// @throws IllegalArgumentException when it is no HTTP proxy; the message shows no user and
  ///   password
  static ProxyServer parse(String text) {
    String url = text.contains("://") ? text : "http://" + text;
    URI uri = uri(url);
    if (!"http".equals(uri.getScheme().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "a proxy is spoken to by plain `http://`, not `%s://`".formatted(uri.getScheme()));
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("it names no host");
    }
    String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    return new ProxyServer(
        uri.getHost(),
        uri.getPort() < 0 ? 80 : uri.getPort(),
        decoded(login[0]),
        login.length == 2 ? decoded(login[1]) : "");
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // Its message repeats the whole URL, and with it the password.
      throw new IllegalArgumentException("it is not a URL: " + e.getReason());
    }
  }

  /// What must be hidden of a proxy variable, whether or not it can be read.
  static Set<String> secretsOf(String text) {
    Set<String> secrets = new LinkedHashSet<>();
    Matcher matcher = USER_INFO.matcher(text);
    if (matcher.find()) {
      String raw = matcher.group(1);
      String password = raw.substring(raw.indexOf(':') + 1);
      secrets.add(raw);
      secrets.add(decoded(raw));
      secrets.add(password);
      secrets.add(decoded(password));
    }
    return secrets;
  }

  private static String decoded(String text) {
    try {
      // In a URL a plus sign is a plus sign; the decoder is one for forms.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /// Without user and password.
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
