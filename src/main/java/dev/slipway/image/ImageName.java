package dev.slipway.image;

import java.util.regex.Pattern;

/// A registry host and a repository path in it, no tag: `ghcr.io/acme/shop`.
///
/// @param registry host, with `:port` where it is not 443
/// @param repository path;
///   [grammar](https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests)
public record ImageName(String registry, String repository) {
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]{1,5})?");
  private static final Pattern REPOSITORY =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

  // The specification's customary limit on host and path together.
  private static final int LONGEST = 255;

  public ImageName {
    if (!isHost(registry)) {
      throw new IllegalArgumentException("not a registry host: " + registry);
    }
    if (!isRepository(repository)) {
      throw new IllegalArgumentException(
          "`%s` is not a repository path: lower-case letters and digits, separated by `/`, `.`, `_` or `-`"
              .formatted(repository));
    }
  }

  /// Whether `text` is a host, with or without a port.
  public static boolean isHost(String text) {
    return text.length() <= LONGEST && HOST.matcher(text).matches();
  }

  /// Whether `text` is a repository path that registries accept.
  public static boolean isRepository(String text) {
    return text.length() <= LONGEST && REPOSITORY.matcher(text).matches();
  }

  public ImageReference tagged(Tag tag) {
    return new ImageReference(this, tag);
  }

  @Override
  public String toString() {
    return registry + "/" + repository;
  }
}
