package dev.slipway.runner;

import java.util.Map;

/// How the YAML mappings among the inputs are read. Entries keep their order; scalars are taken as
/// they are written, `1.10` stays `1.10`.
public interface UpdateMapping {
  /// `file: {key: value}`.
  ///
  /// @throws IllegalArgumentException with the reason, when it is anything else
  Map<String, Map<String, String>> twoLevels(String yaml);

  /// `file: file`.
  ///
  /// @throws IllegalArgumentException with the reason, when it is anything else
  Map<String, String> oneLevel(String yaml);
}
