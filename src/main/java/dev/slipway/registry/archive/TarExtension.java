package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/// What extension headers say about the entry after them.
///
/// @param name instead of the header's
/// @param link instead of the header's
/// @param size instead of the header's, in bytes
record TarExtension(Optional<String> name, Optional<String> link, Optional<Long> size) {
  static final TarExtension NONE =
      new TarExtension(Optional.empty(), Optional.empty(), Optional.empty());

  TarExtension withName(String longName) {
    return new TarExtension(Optional.of(longName), link, size);
  }

  TarExtension withLink(String longLink) {
    return new TarExtension(name, Optional.of(longLink), size);
  }

  private TarExtension withSize(String digits) {
    if (!digits.matches("[0-9]{1,18}")) {
      throw TarProblems.badExtension("size");
    }
    return new TarExtension(name, link, Optional.of(Long.parseLong(digits)));
  }

  /// This, and what the records of a POSIX extended header add.
  ///
  /// [Format](https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_03):
  /// `length key=value` and a line feed, the length counting itself.
  TarExtension withRecords(byte[] records) {
    TarExtension result = this;
    int at = 0;
    while (at < records.length) {
      int space = at;
      while (space < records.length && records[space] != ' ') {
        space++;
      }
      int end = at + length(records, at, space);
      if (end <= space + 1 || end > records.length || records[end - 1] != '\n') {
        throw TarProblems.badExtension("length");
      }
      result = result.with(new String(records, space + 1, end - space - 2, UTF_8));
      at = end;
    }
    return result;
  }

  private static int length(byte[] records, int from, int to) {
    String digits = new String(records, from, Math.min(to - from, 10), UTF_8);
    if (!digits.matches("[0-9]{1,8}")) {
      throw TarProblems.badExtension("length");
    }
    return Integer.parseInt(digits);
  }

  private TarExtension with(String keyAndValue) {
    int equals = keyAndValue.indexOf('=');
    if (equals < 0) {
      throw TarProblems.badExtension("record");
    }
    String key = keyAndValue.substring(0, equals);
    String value = keyAndValue.substring(equals + 1);
    if (key.startsWith("GNU.sparse.")) {
      throw TarProblems.sparse();
    }
    return switch (key) {
      case "path" -> withName(value);
      case "linkpath" -> withLink(value);
      case "size" -> withSize(value);
      default -> this;
    };
  }
}
