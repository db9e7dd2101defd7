package dev.slipway.sandbox;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// The little of [DER](https://www.itu.int/rec/T-REC-X.690) that a certificate is written in: each
/// method gives one element.
final class Der {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... elements) {
    return element(0x30, join(elements));
  }

  static byte[] set(byte[]... elements) {
    return element(0x31, join(elements));
  }

  static byte[] integer(long value) {
    return element(0x02, BigInteger.valueOf(value).toByteArray());
  }

  static byte[] yes() {
    return element(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] bytes) {
    return element(0x04, bytes);
  }

  static byte[] bits(byte[] bytes) {
    return element(0x03, join(new byte[] {0}, bytes));
  }

  static byte[] text(String text) {
    return element(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant time) {
    return element(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  /// Something with a tag of its context instead of its own.
  static byte[] tagged(int tag, boolean constructed, byte[] content) {
    return element((constructed ? 0xa0 : 0x80) | tag, content);
  }

  /// An object identifier such as `2.5.4.3`.
  static byte[] identifier(String dotted) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : dotted.split("\\.", -1)) {
      numbers.add(Integer.valueOf(number));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(numbers.get(0) * 40 + numbers.get(1));
    for (int number : numbers.subList(2, numbers.size())) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (number >> shift > 0) {
          bytes.write(0x80 | (number >> shift & 0x7f));
        }
      }
      bytes.write(number & 0x7f);
    }
    return element(0x06, bytes.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    byte[] length = BigInteger.valueOf(content.length).toByteArray();
    byte[] unsigned = length.length > 1 && length[0] == 0 ? new byte[] {length[1]} : length;
    byte[] header =
        content.length < 0x80
            ? new byte[] {(byte) tag, (byte) content.length}
            : join(new byte[] {(byte) tag, (byte) (0x80 | unsigned.length)}, unsigned);
    return join(header, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
