package dev.slipway.registry.build;

import dev.slipway.delivery.RunContext;
import java.util.LinkedHashMap;
import java.util.Map;

/// The labels that every built image gets, in [the words of
/// OCI](https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md): where its source
/// is. GHCR links a package to the repository by them. No time is among them, and no version: the
/// same commit gives the same image, whenever it is built and whatever it is called, and the build
/// need not wait until the version is found.
final class RunLabels {
  private static final String SOURCE = "org.opencontainers.image.source";
  private static final String REVISION = "org.opencontainers.image.revision";

  private RunLabels() {}

  /// The labels of `run`, and those of the author, which win.
  static Map<String, String> with(RunContext run, Map<String, String> given) {
    Map<String, String> labels = new LinkedHashMap<>();
    String page = run.runUrl().toString();
    labels.put(SOURCE, page.substring(0, page.indexOf("/actions/runs/")));
    labels.put(REVISION, run.commit().value());
    labels.putAll(given);
    return labels;
  }
}
