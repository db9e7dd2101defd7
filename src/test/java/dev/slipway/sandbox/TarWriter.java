package dev.slipway.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/// Writes tar files, also ones that no honest program would write. Times and owners are zero: the
/// same calls give the same bytes.
public final class TarWriter {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public TarWriter file(String name, byte[] content) {
    return entry('0', name, "", content.length, content);
  }

  public TarWriter file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  public TarWriter folder(String name) {
    return entry('5', name, "", 0, new byte[0]);
  }

  public TarWriter symbolicLink(String name, String target) {
    return entry('2', name, target, 0, new byte[0]);
  }

  public TarWriter hardLink(String name, String target) {
    return entry('1', name, target, 0, new byte[0]);
  }

  /// A POSIX extended header for the next entry.
  public TarWriter extended(Map<String, String> records) {
    return extended('x', records);
  }

  /// A POSIX extended header of type `x` (for the next entry) or `g` (for all).
  public TarWriter extended(char type, Map<String, String> records) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    records.forEach((key, value) -> content.writeBytes(record(key + "=" + value)));
    return entry(type, "PaxHeaders/x", "", content.size(), content.toByteArray());
  }

  /// GNU's header for a name (`L`) or link (`K`) of more than 100 bytes.
  public TarWriter gnuLong(char type, String text) {
    byte[] content = (text + "\0").getBytes(UTF_8);
    return entry(type, "././@LongLink", "", content.length, content);
  }

  /// An entry of any type.
  ///
  /// @param size what the header says, true or not
  public TarWriter entry(char type, String name, String link, long size, byte[] content) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    putSize(header, size);
    put(header, 136, "00000000000");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar\00000");
    return raw(checked(header)).content(content);
  }

  /// A file whose name is split into prefix and name.
  public TarWriter fileWithPrefix(String prefix, String name, byte[] content) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    putSize(header, content.length);
    header[156] = '0';
    put(header, 257, "ustar\00000");
    put(header, 345, prefix);
    return raw(checked(header)).content(content);
  }

  /// A file whose size is written in binary, as for more than 8 GiB.
  public TarWriter fileWithBinarySize(String name, byte[] size, byte[] content) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    System.arraycopy(size, 0, header, 124, size.length);
    header[156] = '0';
    return raw(checked(header)).content(content);
  }

  /// Bytes as they are.
  public TarWriter raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /// The file, with the mark at its end.
  public byte[] bytes() {
    byte[] written = out.toByteArray();
    return Arrays.copyOf(written, written.length + 2 * BLOCK);
  }

  /// The file without the mark at its end.
  public byte[] bytesWithoutEnd() {
    return out.toByteArray();
  }

  private TarWriter content(byte[] content) {
    int padded = (content.length + BLOCK - 1) / BLOCK * BLOCK;
    return raw(Arrays.copyOf(content, padded));
  }

  private static byte[] checked(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += Byte.toUnsignedInt(b);
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void putSize(byte[] header, long size) {
    if (size < 1L << 33) {
      put(header, 124, "%011o".formatted(size));
    } else {
      header[124] = (byte) 0x80;
      ByteBuffer.wrap(header).putLong(128, size);
    }
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  /// The length at the front counts itself.
  private static byte[] record(String keyAndValue) {
    int rest = keyAndValue.getBytes(UTF_8).length + 2;
    int length = rest + 1;
    while (rest + String.valueOf(length).length() != length) {
      length++;
    }
    return (length + " " + keyAndValue + "\n").getBytes(UTF_8);
  }
}
