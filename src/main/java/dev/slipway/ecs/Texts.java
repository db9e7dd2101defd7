package dev.slipway.ecs;

import dev.slipway.problem.OneLine;
import java.util.regex.Pattern;

/// How ECS's words are quoted: on one line, cut, without what the SDK adds.
final class Texts {
  private static final int LONGEST = 400;
  // The SDK's own addition, of no use to a reader.
  private static final Pattern REQUEST = Pattern.compile(" \\(Service: .*");
  private static final Pattern SERVICE = Pattern.compile("^\\(service [^)]*\\) ?");

  private Texts() {}

  static String line(String text) {
    String words = OneLine.of(REQUEST.matcher(OneLine.of(text)).replaceFirst(""), LONGEST);
    return words.isEmpty() ? "no reason given" : words;
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
