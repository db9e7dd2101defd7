package dev.slipway.matrix;

import dev.slipway.sandbox.RecordingProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All ways from a run to its servers: writes down every exchange, and lets one go wrong.
final class Wire implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final List<RecordingProxy> proxies = new ArrayList<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private Optional<Case> planned = Optional.empty();
  private Runnable other = () -> {};
  private boolean met;
  private boolean dead;

  /// An exchange that goes wrong.
  record Case(Exchange exchange, Trouble trouble) {
    @Override
    public String toString() {
      return "%s: %s".formatted(exchange, trouble);
    }
  }

  /// Another address of the server at `server`, which is listened at.
  URI before(String name, URI server) {
    RecordingProxy proxy = RecordingProxy.before(server.getAuthority());
    proxies.add(proxy);
    listen(name, proxy);
    return URI.create(server.toString().replace(server.getAuthority(), proxy.host()));
  }

  /// Listens at a proxy that is there.
  void listen(String name, RecordingProxy proxy) {
    proxy.aboveAll(request -> {
      Optional<Trouble> trouble = hear(Exchange.what(name, request));
      if (trouble.equals(Optional.of(Trouble.OVERTAKEN))) {
        other.run();
      }
      return trouble.flatMap(Trouble::fault);
    });
  }

  /// Forgets what was heard, and lets `trouble` come in the next run, or none.
  void expect(Optional<Case> trouble) {
    expect(trouble, () -> {});
  }

  /// The same.
  ///
  /// @param overtaking what [Trouble#OVERTAKEN] does
  synchronized void expect(Optional<Case> trouble, Runnable overtaking) {
    exchanges.clear();
    numbers.clear();
    planned = trouble;
    other = overtaking;
    met = false;
    dead = false;
  }

  private synchronized Optional<Trouble> hear(String what) {
    Exchange exchange = new Exchange(what, numbers.merge(what, 1, Integer::sum));
    exchanges.add(exchange);
    if (dead) {
      return Optional.of(Trouble.RESET_BEFORE);
    }
    Optional<Trouble> trouble =
        planned.filter(due -> !met && due.exchange().equals(exchange)).map(Case::trouble);
    met |= trouble.isPresent();
    notifyAll();
    dead = trouble.equals(Optional.of(Trouble.KILL));
    return trouble;
  }

  /// The exchanges since [#expect].
  synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /// Whether the trouble came.
  synchronized boolean met() {
    return met;
  }

  /// Waits until the trouble comes, for at most half a minute.
  ///
  /// @return what was heard until then
  synchronized List<Exchange> untilMet() throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!met) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new IllegalStateException("%s is not among %s".formatted(planned, exchanges));
      }
      wait(Math.ceilDiv(left, 1_000_000));
    }
    return List.copyOf(exchanges);
  }

  @Override
  public void close() {
    proxies.forEach(RecordingProxy::close);
  }
}
