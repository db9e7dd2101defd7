package dev.slipway.registry;

import dev.slipway.delivery.Threads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Work on several threads, so much of it at a time. Closing interrupts what still runs, and with
/// it the sockets.
final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  private Workers(ExecutorService threads) {
    this.threads = threads;
  }

  /// Workers that do `most` pieces of work at once, the others in the order in which they came.
  static Workers atMost(int most) {
    return new Workers(Executors.newFixedThreadPool(most, Threads.of("registry")));
  }

  /// A piece of work on what an earlier one gave.
  interface Work<A, B> {
    B on(A input) throws IOException, RegistryFailure;
  }

  /// Starts a piece of work on `input`.
  <A, B> CompletableFuture<B> start(A input, Work<A, B> work) {
    return then(CompletableFuture.completedFuture(input), work);
  }

  /// Starts a piece of work as soon as the one before it is done.
  <A, B> CompletableFuture<B> then(CompletableFuture<A> before, Work<A, B> work) {
    return before.thenApplyAsync(
        input -> {
          try {
            return work.on(input);
          } catch (IOException | RegistryFailure e) {
            throw new CompletionException(e);
          }
        },
        threads);
  }

  /// Waits until all is done, or one of it has failed.
  ///
  /// @return the results, in the order of `work`
  static <T> List<T> all(List<CompletableFuture<T>> work) throws IOException, RegistryFailure {
    CompletableFuture<Object> failed = new CompletableFuture<>();
    CompletableFuture<?>[] watched =
        work.stream()
            .map(piece ->
                piece.whenComplete((_, failure) -> {
                  if (failure != null) {
                    failed.completeExceptionally(failure);
                  }
                }))
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.anyOf(failed, CompletableFuture.allOf(watched)).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RegistryFailure failure -> throw failure;
        case RuntimeException unchecked -> throw unchecked;
        case null, default -> throw e;
      }
    }
    return work.stream().map(CompletableFuture::join).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
