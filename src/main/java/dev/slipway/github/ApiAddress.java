package dev.slipway.github;

import dev.slipway.delivery.Loopback;
import java.net.URI;

/// Where GitHub's API answers: the REST address and the GraphQL address beside it.
record ApiAddress(URI rest, URI graphQl) {
  private static final String ENTERPRISE_REST = "/api/v3";

  /// Reads the address of a REST API: `https://api.github.com`, `https://HOST/api/v3` of an
  /// [Enterprise Server](https://docs.github.com/en/enterprise-server/rest), or plain HTTP to a
  /// loopback port.
  ///
  /// @throws dev.slipway.problem.ActionException for anything else
  static ApiAddress of(URI address) {
    if (!isSafe(address)) {
      throw GitHubProblems.unsafeAddress(address);
    }
    String rest = address.toString().replaceAll("/+$", "");
    String graphQl =
        rest.endsWith(ENTERPRISE_REST)
            ? rest.substring(0, rest.length() - "v3".length()) + "graphql"
            : rest + "/graphql";
    return new ApiAddress(URI.create(rest), URI.create(graphQl));
  }

  private static boolean isSafe(URI address) {
    return address.getHost() != null
        && address.getUserInfo() == null
        && address.getQuery() == null
        && address.getFragment() == null
        && ("https".equalsIgnoreCase(address.getScheme())
            || ("http".equalsIgnoreCase(address.getScheme())
                && Loopback.isHost(address.getHost())));
  }

  /// Whether `target` has this scheme, host and port, so that the token may go there.
  boolean owns(URI target) {
    return rest.getScheme().equalsIgnoreCase(target.getScheme())
        && rest.getHost().equalsIgnoreCase(target.getHost())
        && rest.getPort() == target.getPort()
        && target.getUserInfo() == null;
  }

  /// For messages.
  String host() {
    return rest.getHost();
  }
}
