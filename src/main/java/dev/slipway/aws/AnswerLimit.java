package dev.slipway.aws;

import dev.slipway.delivery.Threads;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// The time that an answer may take from the first byte of its request to its own last one. A
/// socket's time-out begins anew with every byte, so a server that sends one now and then would be
/// waited for without end.
final class AnswerLimit implements AutoCloseable {
  // What is aborted before its connection stands goes on.
  private static final Duration ABORTED_AGAIN = Duration.ofSeconds(1);

  private final Thread watch;
  private volatile boolean over;

  private AnswerLimit(Duration limit, Runnable abort) {
    this.watch =
        Threads.of("answer-limit")
            .newThread(() -> {
              try {
                Thread.sleep(limit);
                over = true;
                while (true) {
                  abort.run();
                  Thread.sleep(ABORTED_AGAIN);
                }
              } catch (InterruptedException _) {
                // It came, or was given up.
              }
            });
  }

  /// Does `abort` unless this is closed in time.
  static AnswerLimit of(Duration limit, Runnable abort) {
    AnswerLimit answer = new AnswerLimit(limit, abort);
    answer.watch.start();
    return answer;
  }

  /// The same bytes, until the time is over: who aborts a connection of Java's waits for a lock
  /// that its reader takes anew for every byte, and may come too late.
  InputStream on(InputStream body) {
    return new FilterInputStream(body) {
      @Override
      public int read(byte[] into, int from, int most) throws IOException {
        if (over) {
          throw new IOException("the answer takes too long");
        }
        return super.read(into, from, most);
      }
    };
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
