package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.regex.Pattern;

/// One header block of a tar file, checked.
///
/// [Format](https://www.gnu.org/software/tar/manual/html_node/Standard.html): the POSIX, GNU and
/// pre-POSIX variants differ in the prefix of names and in large numbers only.
///
/// @param name as written
/// @param type one of tar's type letters
/// @param size of what follows, in bytes
/// @param link as written; empty where there is none
record TarHeader(String name, char type, long size, String link) {
  /// Bytes of a block; headers and contents begin at its multiples.
  static final int BLOCK = 512;

  private static final Pattern OCTAL = Pattern.compile("[0-7]+");
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;

  /// Reads `block`, which lies at `position` of the file.
  ///
  /// @throws Refused when it is not a header
  static TarHeader parse(byte[] block, long position) {
    if (!hasGoodChecksum(block)) {
      throw TarProblems.badHeader(position);
    }
    long size = number(block, 124, 12);
    if (size < 0) {
      throw TarProblems.badHeader(position);
    }
    return new TarHeader(
        prefix(block) + text(block, 0, 100), (char) block[156], size, text(block, 157, 100));
  }

  /// Whether `block` ends the tar file.
  static boolean isEndMark(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasGoodChecksum(byte[] block) {
    long unsigned = 0;
    // Some old programs added the bytes up as signed numbers.
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean inChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      byte b = inChecksum ? (byte) ' ' : block[i];
      unsigned += Byte.toUnsignedInt(b);
      signed += b;
    }
    long stored = number(block, CHECKSUM, CHECKSUM_LENGTH);
    return stored == unsigned || stored == signed;
  }

  /// GNU tar keeps times where POSIX has the prefix; the magic tells them apart.
  private static String prefix(byte[] block) {
    boolean posix = text(block, 257, 6).equals("ustar") && block[262] == 0;
    String prefix = posix ? text(block, 345, 155) : "";
    return prefix.isEmpty() ? "" : prefix + "/";
  }

  /// The number in a field, or -1 when there is none or it is negative or too large.
  private static long number(byte[] block, int offset, int length) {
    if (block[offset] < 0) {
      return binary(block, offset, length);
    }
    String digits = text(block, offset, length).strip();
    if (digits.isEmpty()) {
      return 0;
    }
    return OCTAL.matcher(digits).matches() ? Long.parseLong(digits, 8) : -1;
  }

  /// GNU's form for what has too many octal digits: the first bit says so, the second is the sign.
  private static long binary(byte[] block, int offset, int length) {
    long number = block[offset] & 0x7f;
    for (int i = 1; i < length; i++) {
      if (number > Long.MAX_VALUE >> 8) {
        return -1;
      }
      number = number << 8 | Byte.toUnsignedLong(block[offset + i]);
    }
    return number;
  }

  private static String text(byte[] block, int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return new String(Arrays.copyOfRange(block, offset, end), UTF_8);
  }
}
