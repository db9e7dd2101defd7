package dev.slipway.delivery;

import java.util.concurrent.ThreadFactory;

/// Threads that wait for servers; the process ends without waiting for them.
///
/// They are no virtual ones, for those let the Java runtime start a thread that polls their sockets
/// to the end. It does so in a native call, and whenever a thread is in one, the runtime waits 0.3
/// seconds for it before it exits: half as long again as it takes to push an image that is there
/// already.
public final class Threads {
  private Threads() {}

  /// Makes threads.
  ///
  /// @param purpose begins their names
  public static ThreadFactory of(String purpose) {
    return Thread.ofPlatform().daemon().name(purpose + "-", 1).factory();
  }
}
