package dev.slipway.argocd;

import dev.slipway.delivery.Expectation.Image;
import dev.slipway.image.Digest;
import java.util.Optional;

/// An image as a manifest names it: `ghcr.io/acme/shop:1.2.3@sha256:...`, with any part but the
/// repository left out.
///
/// @param host the registry; Docker Hub where none is named
record ImageText(String host, String repository, Optional<String> tag, Optional<String> digest) {
  private static final String DOCKER_HUB = "docker.io";

  /// Reads what container engines accept.
  static ImageText parse(String text) {
    int at = text.indexOf('@');
    String named = at < 0 ? text : text.substring(0, at);
    Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
    int colon = named.lastIndexOf(':');
    boolean tagged = colon > named.lastIndexOf('/');
    String name = tagged ? named.substring(0, colon) : named;
    Optional<String> tag = tagged ? Optional.of(named.substring(colon + 1)) : Optional.empty();
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    // https://pkg.go.dev/github.com/distribution/reference#ParseNormalizedNamed
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return new ImageText(
        host ? hub(first) : DOCKER_HUB,
        host ? name.substring(slash + 1) : (slash < 0 ? "library/" + name : name),
        tag,
        digest);
  }

  private static String hub(String host) {
    return host.equals("index.docker.io") ? DOCKER_HUB : host;
  }

  /// Whether this is the repository of `image`, whatever its tag.
  boolean isOf(Image image) {
    return host.equals(hub(image.reference().name().registry())) && isRepositoryOf(image);
  }

  /// Whether this is `image`.
  boolean is(Image image) {
    return isOf(image) && hasContentOf(image);
  }

  /// Whether this is `image`, pulled through another host: admission controllers rewrite the host
  /// of running workloads.
  boolean mirrors(Image image) {
    return isRepositoryOf(image) && hasContentOf(image);
  }

  private boolean isRepositoryOf(Image image) {
    return repository.equals(image.reference().name().repository());
  }

  private boolean hasContentOf(Image image) {
    boolean comparable = image.digest().isPresent() && digest.isPresent();
    return comparable
        ? digest.equals(image.digest().map(Digest::value))
        : tag.map(text -> text.equals(image.reference().tag().value())).orElse(false);
  }
}
