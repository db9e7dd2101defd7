package dev.slipway.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A real process that is told to end, as a cancelled job's step is.
class EmergencyBrakeTest {
  /// A process that waits while its brake is armed, or after it was closed.
  public static final class Waiting {
    private Waiting() {}

    /// Waits for ever.
    ///
    /// @param arguments `armed` or `closed`
    public static void main(String[] arguments) throws InterruptedException {
      EmergencyBrake brake = EmergencyBrake.armed(() -> System.out.println("cancelled"));
      if (arguments[0].equals("closed")) {
        brake.close();
      }
      System.out.println("waiting");
      new CountDownLatch(1).await();
    }
  }

  @Test
  void cancelsWhenTheProcessIsToldToEnd() throws Exception {
    assertThat(ended("armed")).containsExactly("waiting", "cancelled");
  }

  @Test
  void doesNothingOnceTheWaitIsOver() throws Exception {
    assertThat(ended("closed")).containsExactly("waiting");
  }

  private static List<String> ended(String brake)
      throws IOException, InterruptedException, URISyntaxException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        place(EmergencyBrake.class) + File.pathSeparator + place(EmergencyBrakeTest.class);
    Process process =
        new ProcessBuilder(java, "-cp", classes, Waiting.class.getName(), brake)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      String first = Objects.requireNonNull(output.readLine());
      // Process.destroy would close the output too.
      process.toHandle().destroy();
      List<String> all = Stream.concat(Stream.of(first), output.lines()).toList();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return all;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
