package dev.slipway.ecs;

import java.util.regex.Pattern;

/// How ECS's words are quoted: on one line, and cut to a readable length.
final class Texts {
  private static final int LONGEST = 400;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]+");
  // The SDK's own addition, of no use to a reader.
  private static final Pattern REQUEST = Pattern.compile(" \\(Service: .*");
  private static final Pattern SERVICE = Pattern.compile("^\\(service [^)]*\\) ?");

  private Texts() {}

  static String line(String text) {
    String words = REQUEST.matcher(CONTROL.matcher(text).replaceAll(" ")).replaceFirst("").strip();
    if (words.isEmpty()) {
      return "no reason given";
    }
    return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
  }

  /// An event of a service, without the service's name.
  static String event(String message) {
    return line(SERVICE.matcher(message).replaceFirst(""));
  }

  /// `shop:7` of a task definition's ARN.
  static String revision(String arn) {
    return arn.replaceFirst(".*/", "");
  }
}
