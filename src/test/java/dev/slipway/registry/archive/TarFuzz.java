package dev.slipway.registry.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Arrays;

/// Reads any bytes as an archive. The checksums of tar headers are put right first: no fuzzer
/// guesses them, and an attacker writes them.
public final class TarFuzz {
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private TarFuzz() {}

  /// Called by the fuzzer.
  ///
  /// @param input an archive
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    byte[] archive = input.clone();
    if (FileKind.of(Arrays.copyOf(archive, FileKind.HEAD)) == FileKind.UNKNOWN) {
      putChecksums(archive);
    }
    PushedOrRefused.check(archive);
  }

  private static void putChecksums(byte[] tar) {
    long position = 0;
    while (position <= tar.length - TarHeader.BLOCK) {
      int start = (int) position;
      byte[] header = Arrays.copyOfRange(tar, start, start + TarHeader.BLOCK);
      if (TarHeader.isEndMark(header)) {
        return;
      }
      putChecksum(header);
      System.arraycopy(header, 0, tar, start, TarHeader.BLOCK);
      position = behind(header, position);
    }
  }

  private static void putChecksum(byte[] header) {
    Arrays.fill(header, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += Byte.toUnsignedInt(b);
    }
    byte[] digits = "%06o\0".formatted(sum).getBytes(US_ASCII);
    System.arraycopy(digits, 0, header, CHECKSUM, digits.length);
  }

  /// Where our reader looks for the next header.
  private static long behind(byte[] header, long position) {
    try {
      long size = TarHeader.parse(header, position).size();
      long blocks = Math.ceilDiv(Math.min(size, Integer.MAX_VALUE), TarHeader.BLOCK);
      return position + (1 + blocks) * TarHeader.BLOCK;
    } catch (Refused noHeader) {
      return Integer.MAX_VALUE;
    }
  }
}
