package dev.slipway.values;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The bytes of a file, immutable.
public final class FileContent {
  private final byte[] bytes;

  private FileContent(byte[] bytes) {
    this.bytes = bytes;
  }

  public static FileContent of(byte[] bytes) {
    return new FileContent(bytes.clone());
  }

  public static FileContent of(String text) {
    return new FileContent(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A copy.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// In bytes.
  public int size() {
    return bytes.length;
  }

  /// The text, or empty when the bytes are not UTF-8. A byte order mark stays in the text.
  public Optional<String> text() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileContent content && Arrays.equals(content.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The size only: content does not belong in logs.
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
