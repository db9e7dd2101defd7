package dev.slipway;

/// The entry point.
final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(0);
  }
}
