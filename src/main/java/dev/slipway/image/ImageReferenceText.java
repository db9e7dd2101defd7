package dev.slipway.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An image's reference as people write it for Docker: `alpine`, `acme/shop:1.2`,
/// `ghcr.io/acme/shop@sha256:...`.
///
/// [Grammar](https://github.com/distribution/reference/blob/v0.6.0/reference.go). What is left out,
/// Docker's defaults say: its own registry, `library/` there, the tag `latest`.
///
/// @param digest what the image must be, whatever the tag stands for
public record ImageReferenceText(ImageName name, Tag tag, Optional<Digest> digest) {
  private static final Pattern PARTS =
      Pattern.compile("(?<name>[^@]+?)(?::(?<tag>[^:/@]*))?(?:@(?<digest>.*))?");
  // What has no dot, no port and no capital is a part of the path, not a host.
  private static final Pattern HOST_FIRST =
      Pattern.compile("(?<host>localhost|[^/]*[.:A-Z][^/]*)/(?<path>.+)");
  // More than the longest name, tag and digest have together.
  private static final int LONGEST = 512;
  private static final String DOCKER_HUB = "docker.io";

  /// Reads a reference.
  ///
  /// @throws IllegalArgumentException when it is none, with the reason
  public static ImageReferenceText parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (text.length() > LONGEST || !parts.matches()) {
      throw new IllegalArgumentException("it is not the reference of an image");
    }
    return new ImageReferenceText(
        name(parts.group("name")),
        new Tag(Optional.ofNullable(parts.group("tag")).orElse("latest")),
        Optional.ofNullable(parts.group("digest")).map(Digest::new));
  }

  /// What to ask the registry for: the digest where there is one, else the tag.
  public String manifest() {
    return digest.map(Digest::value).orElseGet(tag::value);
  }

  private static ImageName name(String text) {
    Matcher hostFirst = HOST_FIRST.matcher(text);
    boolean hasHost = hostFirst.matches();
    String host = hasHost ? hostFirst.group("host") : DOCKER_HUB;
    String path = hasHost ? hostFirst.group("path") : text;
    if (host.equals("index.docker.io")) {
      host = DOCKER_HUB;
    }
    boolean official = host.equals(DOCKER_HUB) && !path.contains("/");
    return new ImageName(host, official ? "library/" + path : path);
  }
}
