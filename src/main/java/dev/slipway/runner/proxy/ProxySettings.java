package dev.slipway.runner.proxy;

import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.runner.Environment;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The proxies that the runner hands to its steps: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in
/// lower or upper case. Java by itself ignores them.
public final class ProxySettings {
  private static final List<String> SCHEMES = List.of("https", "http");

  // By scheme. They may hold passwords.
  private final Map<String, String> values;
  private final ProxyBypass bypass;

  private ProxySettings(Map<String, String> values, ProxyBypass bypass) {
    this.values = Map.copyOf(values);
    this.bypass = bypass;
  }

  /// Reads the variables; nothing is checked yet.
  public static ProxySettings from(Environment environment) {
    Map<String, String> values = new HashMap<>();
    for (String scheme : SCHEMES) {
      either(environment, scheme + "_proxy").ifPresent(value -> values.put(scheme, value));
    }
    String noProxy = either(environment, "no_proxy").orElse("");
    return new ProxySettings(values, ProxyBypass.parse(noProxy));
  }

  private static Optional<String> either(Environment environment, String lowerCase) {
    return environment
        .text(lowerCase)
        .or(() -> environment.text(lowerCase.toUpperCase(Locale.ROOT)));
  }

  /// Makes every connection of this process use the proxies: `java.net.http`, `URLConnection` and
  /// Apache's client ask Java's default selector. A login is offered by the default
  /// [Authenticator]; who builds a `java.net.http` client must hand that one over.
  ///
  /// @throws ActionException when a variable names no HTTP proxy
  public void install() {
    if (values.isEmpty()) {
      return;
    }
    ProxySelector.setDefault(selector());
    authenticator()
        .ifPresent(authenticator -> {
          // Java refuses to send a name and a password to a proxy unless it is told to.
          System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
          System.setProperty("jdk.http.auth.proxying.disabledSchemes", "");
          Authenticator.setDefault(authenticator);
        });
  }

  /// What must be hidden: logins, whether or not the rest can be read.
  public Set<String> secrets() {
    Set<String> secrets = new LinkedHashSet<>();
    values.values().forEach(value -> secrets.addAll(ProxyServer.secretsOf(value)));
    return secrets;
  }

  ProxySelector selector() {
    return new Selector(servers(), bypass);
  }

  Optional<Authenticator> authenticator() {
    List<ProxyServer> withLogin =
        servers().values().stream().filter(server -> !server.user().isEmpty()).toList();
    return withLogin.isEmpty() ? Optional.empty() : Optional.of(new Login(withLogin));
  }

  private Map<String, ProxyServer> servers() {
    Problems problems = new Problems();
    Map<String, ProxyServer> servers = new HashMap<>();
    values.forEach((scheme, value) -> {
      try {
        servers.put(scheme, ProxyServer.parse(value));
      } catch (IllegalArgumentException e) {
        problems.add(
            "The proxy variable `%s_PROXY` cannot be used"
                .formatted(scheme.toUpperCase(Locale.ROOT)),
            String.valueOf(e.getMessage()),
            "Write it as `http://host:port` or `http://user:password@host:port`, with the characters"
                + " of user and password that mean something in a URL escaped as %XX.");
      }
    });
    problems.throwIfAny();
    return Map.copyOf(servers);
  }

  /// Chooses by scheme and host.
  private static final class Selector extends ProxySelector {
    private final Map<String, ProxyServer> servers;
    private final ProxyBypass bypass;

    Selector(Map<String, ProxyServer> servers, ProxyBypass bypass) {
      this.servers = servers;
      this.bypass = bypass;
    }

    @Override
    public List<Proxy> select(URI uri) {
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return Stream.ofNullable(servers.get(scheme))
          .filter(_ -> !bypass.covers(uri))
          .map(server ->
              new Proxy(
                  Proxy.Type.HTTP,
                  InetSocketAddress.createUnresolved(server.host(), server.port())))
          .findFirst()
          .map(List::of)
          .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException reason) {
      // The connection's own exception says so already.
    }
  }

  /// Gives a proxy its own login, and nobody else's.
  private static final class Login extends Authenticator {
    private final List<ProxyServer> servers;

    Login(List<ProxyServer> servers) {
      this.servers = servers;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      if (getRequestorType() != RequestorType.PROXY) {
        return null;
      }
      return servers.stream()
          .filter(server -> server.host().equalsIgnoreCase(getRequestingHost()))
          .filter(server -> server.port() == getRequestingPort())
          .map(server -> new PasswordAuthentication(server.user(), server.password().toCharArray()))
          .findFirst()
          .orElse(null);
    }
  }
}
