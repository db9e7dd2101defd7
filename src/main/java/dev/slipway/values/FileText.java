package dev.slipway.values;

import dev.slipway.problem.ActionException;

/// The text of a file that can be edited without harm.
///
/// @param path for messages
/// @param text a byte order mark included
record FileText(String path, String text) {
  private static final int MAX_BYTES = 1 << 20;
  private static final String LFS_POINTER = "version https://git-lfs.github.com/spec/";

  /// Decodes strictly, so that encoding again gives the same bytes.
  ///
  /// @throws ActionException when it is no text, too large, or not the file itself
  static FileText of(String path, FileContent content) {
    if (content.size() > MAX_BYTES) {
      throw notEditable(
          path,
          "it has %,d bytes; files up to 1 MiB are edited".formatted(content.size()),
          "Move the value into a smaller file.");
    }
    if (isUtf16(content.bytes())) {
      throw notEditable(path, "it is UTF-16 or UTF-32 text, not UTF-8", "Save the file as UTF-8.");
    }
    String text =
        content
            .text()
            .orElseThrow(
                () -> notEditable(path, "it is not UTF-8 text", "Save the file as UTF-8."));
    if (text.startsWith(LFS_POINTER)) {
      throw notEditable(
          path,
          "it is a Git LFS pointer; the content lies outside the repository",
          "Take the file out of Git LFS: `git lfs untrack`, then commit the file itself.");
    }
    return new FileText(path, text);
  }

  /// By the byte order mark, or by a zero byte, which no text in UTF-8 begins with.
  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return (first == 0xfe && second == 0xff)
        || (first == 0xff && second == 0xfe)
        || first == 0
        || second == 0;
  }

  private static ActionException notEditable(String path, String why, String fix) {
    return new ActionException("`%s` cannot be edited".formatted(path), why, fix);
  }
}
