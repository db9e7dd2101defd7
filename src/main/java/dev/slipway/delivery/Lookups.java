package dev.slipway.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Looks at several places at the same time: each of them is a few round trips away, and none needs
/// another's answer.
final class Lookups implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool(Threads.of("lookup"));

  /// Begins to look. The answer waits until it is there, and fails as the look failed.
  <T> Supplier<T> begin(Supplier<T> look) {
    CompletableFuture<T> answer = CompletableFuture.supplyAsync(look, threads);
    return () -> {
      try {
        return answer.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw e.getCause() instanceof RuntimeException failure ? failure : e;
      }
    };
  }

  /// Waits until every look has ended.
  @Override
  public void close() {
    threads.close();
  }
}
