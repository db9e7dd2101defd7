package dev.slipway.github;

import java.net.URI;
import java.util.Map;

/// One request to GitHub.
///
/// @param body JSON, empty for none
/// @param safe whether it only reads, so that it may be sent again
record Call(String method, URI target, Map<String, String> headers, String body, boolean safe) {
  Call {
    headers = Map.copyOf(headers);
  }

  /// For messages: the query part may be long and says little.
  @Override
  public String toString() {
    return method + " " + target.getPath();
  }
}
