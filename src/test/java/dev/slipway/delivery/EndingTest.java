package dev.slipway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class EndingTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Ending ending = new Ending();
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void letsRequestsPassUntilTheEnd() {
    ending.pass();

    assertThat(done).isEmpty();
  }

  @Test
  void holdsWhoeverAsksAfterTheEnd() {
    ending.end(LONG);

    Thread late = Thread.ofPlatform().daemon().start(() -> request("late"));

    while (late.getState() != Thread.State.WAITING) {
      assertThat(late.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    assertThat(done).isEmpty();
  }

  @Test
  void stopsWhatIsUnderWayAndMayAskForThat() {
    ending.armed(() -> request("stop"));

    ending.end(LONG);

    assertThat(done).containsExactly("stop");
  }

  @Test
  void leavesAloneWhatIsDone() {
    try (Ending.Brake _ = ending.armed(() -> request("stop"))) {
      request("work");
    }

    ending.end(LONG);

    assertThat(done).containsExactly("work");
  }

  @Test
  void waitsOnlySoLongForWhatDoesNotStop() {
    ending.armed(() -> {
      done.add("begun");
      new Semaphore(0).acquireUninterruptibly();
      done.add("stopped");
    });

    ending.end(Duration.ofMillis(200));

    assertThat(done).containsExactly("begun");
  }

  private void request(String what) {
    ending.pass();
    done.add(what);
  }
}
