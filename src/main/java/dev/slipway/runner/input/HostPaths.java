package dev.slipway.runner.input;

import dev.slipway.runner.Environment;
import java.util.LinkedHashMap;
import java.util.Map;

/// Paths as the machine outside the container sees them.
///
/// The runner rewrites a value that begins with such a path, but not one that has it further on:
/// `oci-archive:${{ runner.temp }}/image.tar` arrives with the machine's own path. Steps of a job
/// container see a third set of paths, `/__w` and `/__t`.
///
/// @param mounts a folder outside, and where this process sees it
record HostPaths(Map<String, String> mounts) {
  static HostPaths of(Environment environment) {
    Map<String, String> mounts = new LinkedHashMap<>();
    String workspace = environment.text("GITHUB_WORKSPACE").orElse("");
    String temp = environment.text("RUNNER_TEMP").orElse("");
    String name = environment.text("GITHUB_REPOSITORY").orElse("").replaceFirst(".*/", "");
    // RUNNER_WORKSPACE is the folder above the workspace; it is never rewritten.
    environment
        .text("RUNNER_WORKSPACE")
        .ifPresent(outside -> {
          mounts.put(outside + "/" + name, workspace);
          mounts.put(outside.replaceFirst("/[^/]*$", "/_temp"), temp);
        });
    mounts.put("/__w/" + name + "/" + name, workspace);
    mounts.put("/__w/_temp", temp);
    mounts.values().removeIf(String::isEmpty);
    return new HostPaths(Map.copyOf(mounts));
  }

  /// The path as this process sees it; unchanged where none of the folders is meant.
  String translate(String path) {
    return mounts.entrySet().stream()
        .filter(mount -> path.startsWith(mount.getKey() + "/"))
        .map(mount -> mount.getValue() + path.substring(mount.getKey().length()))
        .findFirst()
        .orElse(path);
  }
}
