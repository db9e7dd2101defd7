package dev.slipway.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Tests of the only way to the log.
class NeutralisingStreamTest {
  private static final String SECRET = "gho_s3cr3t-t0k3n";

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final KnownSecrets secrets = new KnownSecrets();
  private final NeutralisingStream stream = new NeutralisingStream(log, secrets);
  private final PrintStream out = new PrintStream(stream, true, StandardCharsets.UTF_8);

  @Test
  void hidesASecretThatArrivesByteByByte() throws IOException {
    secrets.add(SECRET);

    for (byte octet : ("token " + SECRET + "!\n").getBytes(StandardCharsets.UTF_8)) {
      stream.write(octet);
      stream.flush();
    }

    assertThat(log()).isEqualTo("token ***!\n");
  }

  @Test
  void hidesASecretInPrintfAndStackTraces() {
    secrets.add(SECRET);

    out.printf("%s and %s%n", SECRET, SECRET.substring(0, 3));
    new IllegalStateException("bad " + SECRET).printStackTrace(out);

    assertThat(log()).startsWith("*** and gho\n").contains("bad ***").doesNotContain("s3cr3t");
  }

  @Test
  void keepsCharactersThatArriveInHalves() throws IOException {
    byte[] ship = "🚢\n".getBytes(StandardCharsets.UTF_8);

    stream.write(ship, 0, 2);
    stream.flush();
    stream.write(ship, 2, ship.length - 2);

    assertThat(log()).isEqualTo("🚢\n");
  }

  @Test
  void endsAnUnfinishedLineBeforeACommand() throws IOException {
    out.print("unfinished");
    stream.command("::group::x");
    out.print("last");
    stream.close();

    assertThat(log()).isEqualTo("unfinished\n::group::x\nlast\n");
  }

  @Test
  void cutsALineWithoutEndAndNoSecretSurvivesTheCut() {
    secrets.add(SECRET);
    String filler = "x".repeat(NeutralisingStream.LONGEST_LINE - 5);

    out.println(filler + SECRET + "y".repeat(10_000_000));
    out.println("next");

    assertThat(log()).hasSizeLessThan(NeutralisingStream.LONGEST_LINE + 100).endsWith("\nnext\n");
    assertThat(log()).doesNotContain("gho_").contains("too long");
  }

  @Test
  void keepsLinesOfSeveralThreadsApart() throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    Runnable printer =
        () -> {
          try {
            start.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          for (int i = 0; i < 500; i++) {
            out.println("a line that stays whole");
          }
        };
    Thread one = Thread.ofVirtual().start(printer);
    Thread two = Thread.ofVirtual().start(printer);

    start.countDown();
    one.join();
    two.join();

    assertThat(log().lines()).hasSize(1000).containsOnly("a line that stays whole");
  }

  @Test
  void noSequenceOfWritesBecomesACommandOrShowsASecret() throws IOException {
    secrets.add(SECRET);
    Random random = new Random(11);
    String[] pieces = {"::error::x", "##[error]x", "\n", "\r", SECRET, " ", "\u2028", "a", "\r\n"};

    for (int round = 0; round < 20_000; round++) {
      byte[] octets = pieces[random.nextInt(pieces.length)].getBytes(StandardCharsets.UTF_8);
      int middle = random.nextInt(octets.length + 1);
      stream.write(octets, 0, middle);
      stream.write(octets, middle, octets.length - middle);
    }
    stream.close();

    assertThat(RunnerCommandParser.commands(log())).isEmpty();
    assertThat(log()).doesNotContain("s3cr3t").contains("***").doesNotContain("\r");
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
