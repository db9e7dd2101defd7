package dev.slipway.registry.archive;

/// Text from an archive, made fit for a message.
public final class Quoted {
  private static final int LONGEST = 120;

  private Quoted() {}

  /// In backticks, on one line, not too long.
  public static String of(String foreign) {
    return "`" + plain(foreign) + "`";
  }

  /// The same without backticks.
  static String plain(String foreign) {
    String start = foreign.length() <= LONGEST ? foreign : foreign.substring(0, LONGEST) + "...";
    return start.replaceAll("[\\p{Cntrl}`\\p{Cf}\\u2028\\u2029]", "?");
  }
}
