package dev.slipway.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an image is built on.
public sealed interface BaseImage {
  /// Nothing at all.
  record Scratch() implements BaseImage {
    @Override
    public String toString() {
      return "scratch";
    }
  }

  /// An image in a registry.
  ///
  /// @param asWritten for messages
  /// @param reference its tag, or its digest where it was written with one
  record InRegistry(String asWritten, ImageName name, String reference) implements BaseImage {
    /// The digest, where the author pinned the image to it.
    public Optional<Digest> digest() {
      return reference.startsWith("sha256:")
          ? Optional.of(new Digest(reference))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return asWritten;
    }
  }

  /// Reads `scratch`, or a reference [as docker
  /// does](https://github.com/distribution/reference/blob/v0.6.0/normalize.go): without a host it
  /// is at Docker Hub, without an owner there in `library`, without a tag `latest`.
  ///
  /// @throws IllegalArgumentException when it is neither
  static BaseImage parse(String text) {
    if (text.equals("scratch")) {
      return new Scratch();
    }
    Matcher parts = Reference.GRAMMAR.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("`%s` is not an image reference".formatted(text));
    }
    String reference =
        Optional.ofNullable(parts.group("digest"))
            .map(digest -> new Digest(digest).value())
            .or(() -> Optional.ofNullable(parts.group("tag")).map(tag -> new Tag(tag).value()))
            .orElse("latest");
    return new InRegistry(text, Reference.name(parts.group("name")), reference);
  }

  /// The parts of a reference.
  final class Reference {
    private static final String DOCKER_HUB = "docker.io";
    private static final Pattern GRAMMAR =
        Pattern.compile(
            "(?<name>[^@\\s]+?)(?::(?<tag>[^/:@\\s]+))?(?:@(?<digest>sha256:[^@\\s]+))?");

    private Reference() {}

    private static ImageName name(String name) {
      int slash = name.indexOf('/');
      String first = name.substring(0, Math.max(0, slash));
      if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
        String host = first.equals("index.docker.io") ? DOCKER_HUB : first;
        return new ImageName(host, inHub(host, name.substring(slash + 1)));
      }
      return new ImageName(DOCKER_HUB, inHub(DOCKER_HUB, name));
    }

    private static String inHub(String host, String repository) {
      return host.equals(DOCKER_HUB) && !repository.contains("/")
          ? "library/" + repository
          : repository;
    }
  }
}
