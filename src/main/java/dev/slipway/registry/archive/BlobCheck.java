package dev.slipway.registry.archive;

import dev.slipway.image.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Work on all blobs of an archive at once.
///
/// Finished blobs are hashed before anything is sent, so that a damaged or forged archive ends in
/// one clear error and an untouched registry. For 75 MB that takes some 75 ms on two cores, less
/// than a tenth of the push, while the plan waits for the network anyway.
final class BlobCheck {
  private final Executor workers;

  BlobCheck(Executor workers) {
    this.workers = workers;
  }

  /// Hashes every blob.
  ///
  /// @throws Refused when one is not what its digest says
  void verify(Map<Digest, Slice> blobs) throws IOException {
    List<Map.Entry<Digest, Slice>> largestFirst =
        blobs.entrySet().stream()
            .sorted(Comparator.comparingLong(blob -> -blob.getValue().size()))
            .toList();
    each(largestFirst, BlobCheck::verify);
  }

  /// The results of `work` for `items`, in their order.
  <T, R> List<R> each(List<T> items, Work<T, R> work) throws IOException {
    Function<T, R> unchecked =
        item -> {
          try {
            return work.of(item);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    List<CompletableFuture<R>> running =
        items.stream()
            .map(item -> CompletableFuture.supplyAsync(() -> unchecked.apply(item), workers))
            .toList();
    try {
      // All of them, also after a failure: the file is closed next.
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
      return running.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case UncheckedIOException io -> throw io.getCause();
        case RuntimeException refused -> throw refused;
        case null, default -> throw e;
      }
    }
  }

  private static Digest verify(Map.Entry<Digest, Slice> blob) throws IOException {
    Digest actual = Sha256.of(blob.getValue());
    if (!actual.equals(blob.getKey())) {
      throw ImageProblems.wrongDigest("blobs/sha256/" + blob.getKey().hex(), blob.getKey(), actual);
    }
    return actual;
  }

  /// What is done with one item.
  interface Work<T, R> {
    R of(T item) throws IOException;
  }
}
