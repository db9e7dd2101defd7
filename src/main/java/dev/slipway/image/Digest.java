package dev.slipway.image;

import java.util.regex.Pattern;

/// The content address of a blob or manifest: `sha256:` and 64 hexadecimal digits.
///
/// [Specification](https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests).
/// Other algorithms are legal there, but neither ECR nor GHCR stores them.
public record Digest(String value) {
  private static final Pattern GRAMMAR = Pattern.compile("sha256:[0-9a-f]{64}");

  public Digest {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException("not a sha256 digest: " + value);
    }
  }

  /// The 64 digits without the algorithm.
  public String hex() {
    return value.substring("sha256:".length());
  }

  @Override
  public String toString() {
    return value;
  }
}
