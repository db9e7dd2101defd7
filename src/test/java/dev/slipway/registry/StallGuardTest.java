package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class StallGuardTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void freesAWriterFromAServerThatTakesNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        SocketChannel channel = SocketChannel.open(silent.getLocalSocketAddress())) {
      OutputStream out = channel.socket().getOutputStream();

      Throwable thrown =
          onAnotherThread(() ->
              catchThrowable(() ->
                  StallGuard.watch(
                      SHORT,
                      guard -> {
                        while (true) {
                          out.write(new byte[64 * 1024]);
                          guard.moved();
                        }
                      })));

      assertThat(thrown).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void leavesNoTraceOnTheThread() throws Exception {
    boolean interrupted =
        onAnotherThread(() -> {
          Throwable thrown =
              catchThrowable(() -> StallGuard.watch(Duration.ZERO, _ -> spinUntilInterrupted()));
          assertThat(thrown).isInstanceOf(SocketTimeoutException.class);
          return Thread.currentThread().isInterrupted();
        });

    assertThat(interrupted).isFalse();
  }

  @Test
  void passesOnAnInterruptOfSomebodyElse() throws Exception {
    boolean interrupted =
        onAnotherThread(() -> {
          StallGuard.watch(SHORT, _ -> Thread.currentThread().interrupt());
          return Thread.interrupted();
        });

    assertThat(interrupted).isTrue();
  }

  @Test
  void passesOnWhatWentWrongOtherwise() {
    IOException reset = new IOException("connection reset");

    Throwable thrown =
        catchThrowable(() ->
            StallGuard.watch(
                SHORT,
                _ -> {
                  throw reset;
                }));

    assertThat(thrown).isSameAs(reset);
  }

  private static void spinUntilInterrupted() throws IOException {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    throw new IOException("closed by interrupt");
  }

  private static <T> T onAnotherThread(Callable<T> work) throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      return threads.submit(work).get();
    }
  }
}
