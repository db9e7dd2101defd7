package dev.slipway.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a built image begins and runs.
///
/// @param labels of the image, in the order in which they are written
public record ContainerSettings(From from, Start start, Map<String, String> labels) {
  public ContainerSettings {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /// What the image is built on.
  ///
  /// @param platforms wanted ones; none: what the base image has when that is one, else
  ///   `linux/amd64`
  public record From(BaseImage image, List<Platform> platforms) {
    public From {
      platforms = List.copyOf(platforms);
    }
  }

  /// What a container starts, and as whom.
  ///
  /// @param entrypoint its words; none: the usual one of a jar, else the base image's
  /// @param jvmFlags before the main class of a jar's usual entrypoint
  /// @param environment added to the base image's, or replacing it
  /// @param ports such as `8080/tcp`
  /// @param user a name or number, perhaps with a group; empty: the base image's
  public record Start(
      List<String> entrypoint,
      List<String> jvmFlags,
      Map<String, String> environment,
      List<String> ports,
      Optional<String> user) {
    public Start {
      entrypoint = List.copyOf(entrypoint);
      jvmFlags = List.copyOf(jvmFlags);
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
      ports = List.copyOf(ports);
    }
  }
}
