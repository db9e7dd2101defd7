package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.delivery.Ending;
import java.io.BufferedReader;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A real process that would wait for ever.
class CancellationTest {
  /// The process, whose run may take a moment only.
  public static final class Endless {
    private Endless() {}

    /// Waits for ever.
    ///
    /// @param arguments the milliseconds that it may take
    public static void main(String[] arguments) throws InterruptedException {
      Console console = Console.install(_ -> Optional.empty());
      Ending ending = new Ending();
      ending.armed(() -> System.out.println("stopped"));
      Cancellation.announced(console, new Footprint(), ending)
          .comeAfter(Duration.ofMillis(Long.parseLong(arguments[0])));
      new CountDownLatch(1).await();
    }
  }

  @Test
  void endsARunThatTakesTooLongAndSaysHowFarItCame() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-cp", classPath(), Endless.class.getName(), "1")
            .redirectErrorStream(true)
            .start();

    List<String> log;
    try (BufferedReader output = process.inputReader()) {
      log = output.lines().toList();
    }

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isOne();
    assertThat(log).first().isEqualTo("stopped");
    assertThat(log)
        .last()
        .asString()
        .startsWith("::error title=The run took too long::It did not end within ")
        .contains("`timeout` and `wait-for-merge`", "Nothing was written anywhere.");
  }

  private static String classPath() throws URISyntaxException {
    return place(Cancellation.class) + File.pathSeparator + place(CancellationTest.class);
  }

  private static String place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
