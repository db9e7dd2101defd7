package dev.slipway.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Messages of HTTP/1.1 as they are on the wire, for passing them on unchanged.
final class HttpWire {
  private static final byte[] LINE_END = {'\r', '\n'};

  private HttpWire() {}

  /// The first line and the headers of a message.
  ///
  /// @param headers by name, whatever its case
  /// @param text all of it, as it came
  record Head(String firstLine, Map<String, String> headers, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean isChunked() {
      return headers.getOrDefault("Transfer-Encoding", "").equalsIgnoreCase("chunked");
    }

    long length() {
      return Long.parseLong(headers.getOrDefault("Content-Length", "0"));
    }

    int status() {
      return Integer.parseInt(firstLine.split(" ", 3)[1]);
    }
  }

  /// The next message's head; empty when the other side is done.
  static Optional<Head> readHead(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String firstLine = line(in, bytes);
    if (firstLine.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in, bytes); !line.isEmpty(); line = line(in, bytes)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new EOFException("the head ends in the middle");
      }
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return Optional.of(new Head(firstLine, headers, bytes.toString(StandardCharsets.ISO_8859_1)));
  }

  /// Copies a body, with its chunks where it has some.
  static void copyBody(Head head, InputStream in, OutputStream out) throws IOException {
    if (!head.isChunked()) {
      copy(in, out, head.length());
      return;
    }
    long size;
    do {
      ByteArrayOutputStream sizeLine = new ByteArrayOutputStream();
      size = Long.parseLong(line(in, sizeLine).split(";", 2)[0].strip(), 16);
      out.write(sizeLine.toByteArray());
      copy(in, out, size + LINE_END.length);
    } while (size > 0);
  }

  /// Copies so many bytes.
  static void copy(InputStream in, OutputStream out, long count) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long left = count;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("%d bytes are missing".formatted(left));
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private static String line(InputStream in, ByteArrayOutputStream bytes) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
      line.write(read);
    }
    bytes.write(line.toByteArray());
    bytes.write('\n');
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
