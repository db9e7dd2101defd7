package dev.slipway.ssm;

/// What is done when the process is told to end: whoever cancels the step does not want the script
/// to go on.
final class EmergencyBrake implements AutoCloseable {
  private final Thread hook;

  private EmergencyBrake(Thread hook) {
    this.hook = hook;
  }

  /// Does it, unless the brake is closed before.
  static EmergencyBrake armed(Runnable stop) {
    Thread hook = Thread.ofPlatform().name("emergency-brake").unstarted(stop);
    Runtime.getRuntime().addShutdownHook(hook);
    return new EmergencyBrake(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already, and the hook is at work.
    }
  }
}
