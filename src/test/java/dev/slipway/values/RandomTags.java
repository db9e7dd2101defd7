package dev.slipway.values;

import java.util.List;
import java.util.Random;

/// Legal image tags that some YAML parser takes for something else, and random ones.
final class RandomTags {
  /// All of them legal, and each something else than a text to at least one parser in use.
  static final List<String> ODD =
      List.of(
          "1.10",
          "1234567",
          "20240115",
          "1e5",
          "1E5",
          "12e4567",
          "0123456",
          "0089123",
          "00e1234",
          "0b11010",
          "0B1",
          "0b-1",
          "0o17",
          "0o-17",
          "0x1F",
          "0X1f",
          "0x_1f",
          "0_x1F",
          "2024-01-15",
          "2024-1-5",
          "2024_01_15",
          "1_000",
          "1__2",
          "1_e5",
          "1.",
          "1._5",
          "0",
          "007",
          "yes",
          "Yes",
          "on",
          "off",
          "NO",
          "no",
          "n",
          "N",
          "y",
          "Y",
          "true",
          "False",
          "TRUE",
          "null",
          "Null",
          "NULL",
          "706798e8",
          "553640e6",
          "4651090");

  private static final String FIRST =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  private static final String HEX = "0123456789abcdef";

  private RandomTags() {}

  static String next(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> ODD.get(random.nextInt(ODD.size()));
      case 1 -> hex(random, 7 + random.nextInt(6));
      case 2 -> random(random, "0123456789._-eExobxOBXaf", 1 + random.nextInt(10));
      default -> random(random, FIRST + ".-", 1 + random.nextInt(128));
    };
  }

  static String hex(Random random, int length) {
    return random(random, HEX, length);
  }

  private static String random(Random random, String alphabet, int length) {
    StringBuilder tag = new StringBuilder();
    while (tag.length() < length) {
      tag.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    if (FIRST.indexOf(tag.charAt(0)) < 0) {
      tag.setCharAt(0, FIRST.charAt(random.nextInt(FIRST.length())));
    }
    return tag.toString();
  }
}
