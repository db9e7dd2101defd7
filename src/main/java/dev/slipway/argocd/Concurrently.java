package dev.slipway.argocd;

import dev.slipway.delivery.Threads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Questions that are asked at the same moment, so that one slow answer does not delay the others.
final class Concurrently {
  private Concurrently() {}

  /// Asks all; the answers are in the questions' order.
  static <T> List<T> ask(List<Supplier<T>> questions) {
    try (ExecutorService threads = Executors.newCachedThreadPool(Threads.of("question"))) {
      List<CompletableFuture<T>> answers =
          questions.stream()
              .map(question -> CompletableFuture.supplyAsync(question, threads))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    }
  }
}
