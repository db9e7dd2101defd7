package dev.slipway.registry;

import dev.slipway.delivery.Threads;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Watches a thread that writes to a socket, and interrupts it when nothing moves for too long.
/// Java has time-outs for reading only: a server that stops taking an upload would hold it forever.
///
/// Interrupting closes a [channel's
/// socket](https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/nio/channels/InterruptibleChannel.html),
/// and uploads go through such.
final class StallGuard {
  private final Duration limit;
  private final Thread writer = Thread.currentThread();
  private volatile long lastMove = System.nanoTime();
  private volatile boolean stalled;

  private StallGuard(Duration limit) {
    this.limit = limit;
  }

  /// Something that writes, and says when it got on.
  interface Writing {
    void write(StallGuard guard) throws IOException;
  }

  /// Watches `writing`.
  ///
  /// @param limit the longest time between two moves
  /// @throws SocketTimeoutException when it took longer
  static void watch(Duration limit, Writing writing) throws IOException {
    StallGuard guard = new StallGuard(limit);
    Thread watch = Threads.of("stall-guard").newThread(guard::watch);
    watch.start();
    try {
      writing.write(guard);
    } catch (IOException e) {
      throw guard.explained(e);
    } finally {
      guard.end(watch);
    }
  }

  /// Something was written.
  void moved() {
    lastMove = System.nanoTime();
  }

  private void watch() {
    try {
      long left = limit.toNanos();
      while (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
        left = limit.toNanos() - (System.nanoTime() - lastMove);
      }
      stalled = true;
      writer.interrupt();
    } catch (InterruptedException _) {
      // All was written.
    }
  }

  private IOException explained(IOException e) {
    if (!stalled) {
      return e;
    }
    IOException late =
        new SocketTimeoutException("nothing moved for %d seconds".formatted(limit.toSeconds()));
    late.initCause(e);
    return late;
  }

  /// Afterwards the writer is interrupted only if somebody else did that.
  private void end(Thread watch) {
    boolean interrupted = false;
    watch.interrupt();
    while (watch.isAlive()) {
      try {
        watch.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    interrupted |= Thread.interrupted();
    if (interrupted && !stalled) {
      writer.interrupt();
    }
  }
}
