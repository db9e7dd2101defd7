package dev.slipway.image;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a Docker engine knows one image by: `shop:1.0`, `ghcr.io/acme/shop@sha256:...`, or its id
/// `sha256:...`.
///
/// [Grammar](https://github.com/distribution/reference/blob/v0.6.0/reference.go), less what would
/// mean several images.
public record EngineImageName(String value) {
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern NAME =
      Pattern.compile(
          "(?<repository>(?:[a-zA-Z0-9][a-zA-Z0-9.-]*(?::[0-9]{1,5})?/)?%1$s(?:/%1$s)*)"
                  .formatted(COMPONENT)
              + "(?<which>(?::[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?)");
  private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final int LONGEST = 512;

  public EngineImageName {
    Matcher name = NAME.matcher(value);
    if (!ID.matcher(value).matches()) {
      if (value.length() > LONGEST || !name.matches()) {
        throw new IllegalArgumentException("that is no name of an image");
      }
      if (name.group("which").isEmpty()) {
        throw new IllegalArgumentException(
            "it names no tag, and so the whole repository with all its images");
      }
    }
  }

  /// The name without tag and digest; the id where that is the name.
  public String repository() {
    Matcher name = NAME.matcher(value);
    boolean named = !ID.matcher(value).matches() && name.matches();
    return named ? name.group("repository") : value;
  }

  @Override
  public String toString() {
    return value;
  }
}
