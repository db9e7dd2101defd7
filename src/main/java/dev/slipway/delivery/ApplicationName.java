package dev.slipway.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of an Argo CD application: `shop`, or `team-a/shop` where it lives outside Argo CD's
/// own namespace.
///
/// @param namespace empty: Argo CD's own
public record ApplicationName(Optional<String> namespace, String name) {
  // https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

  public ApplicationName {
    if (!NAME.matcher(name).matches()
        || !namespace.map(text -> NAMESPACE.matcher(text).matches()).orElse(true)) {
      throw new IllegalArgumentException(
          "`%s` is not an application; write it as name or namespace/name"
              .formatted(text(namespace, name)));
    }
  }

  /// Reads `name` or `namespace/name`.
  ///
  /// @throws IllegalArgumentException for anything else
  public static ApplicationName parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new ApplicationName(Optional.empty(), text)
        : new ApplicationName(Optional.of(text.substring(0, slash)), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return text(namespace, name);
  }

  private static String text(Optional<String> namespace, String name) {
    return namespace.map(text -> text + "/").orElse("") + name;
  }
}
