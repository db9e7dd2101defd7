package dev.slipway.delivery;

import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// How a run ends when it is told to, before it is done: nothing new is asked of any server. Safe
/// for use by several threads.
public final class Ending {
  private final Semaphore never = new Semaphore(0);
  private final Deque<Runnable> brakes = new ConcurrentLinkedDeque<>();
  private volatile Optional<Thread> last = Optional.empty();

  /// Something that is under way elsewhere and is stopped when the run is told to end.
  public interface Brake extends AutoCloseable {
    /// It is done; there is nothing to stop any more.
    @Override
    void close();
  }

  /// Stops something if the run is told to end before the brake is closed.
  ///
  /// @param stop may ask servers still
  public Brake armed(Runnable stop) {
    brakes.add(stop);
    return () -> brakes.remove(stop);
  }

  /// Lets a request begin. Never returns once the run was told to end: the process ends meanwhile,
  /// and whoever would fail here would only say so behind the last line of the log.
  public void pass() {
    if (last.filter(thread -> !thread.equals(Thread.currentThread())).isPresent()) {
      never.acquireUninterruptibly();
    }
  }

  /// Tells the run to end: from now on, requests begin only to stop what is under way.
  ///
  /// @param limit for that
  public void end(Duration limit) {
    Thread stopping = Threads.of("ending").newThread(() -> brakes.forEach(Runnable::run));
    last = Optional.of(stopping);
    stopping.start();
    try {
      stopping.join(limit);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
