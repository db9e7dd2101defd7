package dev.slipway.sandbox;

import java.util.Optional;

/// A request that [FakeGitHub] received.
///
/// @param path with the query
/// @param operation the name of the GraphQL operation, empty for REST
/// @param write whether it was to change anything
/// @param token from the header `Authorization`
public record RecordedRequest(
    String method, String path, String operation, boolean write, Optional<String> token) {
  /// One line: `GET /repos/acme/shop/tags?per_page=100` or `query HeadBranch`.
  @Override
  public String toString() {
    if (operation.isEmpty()) {
      return method + " " + path;
    }
    return (write ? "mutation " : "query ") + operation;
  }
}
