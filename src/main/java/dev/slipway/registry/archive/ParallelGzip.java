package dev.slipway.registry.archive;

import dev.slipway.registry.ImageContent.Blob;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32;

/// Gzip on all cores at once, in the manner of pigz: a layer is cut into pieces that are compressed
/// next to each other, and the pieces are joined to one ordinary gzip file. The bytes do not depend
/// on how many cores there are.
final class ParallelGzip {
  // Deflate, no flags, no time, no hints, operating system unknown.
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  // An empty block that is marked as the last one.
  private static final byte[] LAST_BLOCK = {3, 0};

  private final Executor workers;
  private final Semaphore permits;
  private final Queue<GzipBlock> idle = new ConcurrentLinkedQueue<>();

  /// Compresses on `workers`, which are `threads`. Twice as many blocks are in memory, whatever the
  /// number of layers: about 1.5 MB each.
  ParallelGzip(Executor workers, int threads) {
    this.workers = workers;
    this.permits = new Semaphore(2 * threads + 2);
  }

  /// What became of a layer.
  ///
  /// @param rawCrc32 checksum of the layer as it was
  record Compressed(long rawCrc32, Blob blob) {}

  /// Compresses `layer` into `target`, an empty file.
  Compressed compress(Slice layer, FileChannel target) throws IOException {
    HashedFile file = new HashedFile(target);
    CRC32 crc32 = new CRC32();
    file.write(HEADER, HEADER.length);
    Deque<Piece> ahead = new ArrayDeque<>();
    try {
      long position = 0;
      while (position < layer.size() || !ahead.isEmpty()) {
        while (position < layer.size() && permit(ahead.isEmpty())) {
          ahead.addLast(start(layer, position));
          position += GzipBlock.SIZE;
        }
        finish(
            ahead.removeFirst(),
            block -> {
              block.addRaw(crc32);
              block.writeTo(file);
            });
      }
    } finally {
      ahead.forEach(this::abandon);
    }
    file.write(LAST_BLOCK, LAST_BLOCK.length);
    file.write(trailer(crc32, layer.size()), 8);
    return new Compressed(crc32.getValue(), file.blob());
  }

  /// Whoever has pieces to wait for must not wait for memory that others hold.
  private boolean permit(boolean wait) throws InterruptedIOException {
    if (!wait) {
      return permits.tryAcquire();
    }
    try {
      permits.acquire();
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a layer was compressed");
    }
  }

  private Piece start(Slice layer, long position) {
    GzipBlock known = idle.poll();
    GzipBlock block = known == null ? new GzipBlock() : known;
    return new Piece(
        block,
        CompletableFuture.runAsync(
            () -> {
              try {
                block.deflate(layer, position);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            workers));
  }

  private void finish(Piece piece, Use use) throws IOException {
    try {
      piece.compressed().join();
      use.accept(piece.block());
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      throw e;
    } finally {
      release(piece);
    }
  }

  /// A worker may still write into the block: it must not be given away before.
  private void abandon(Piece piece) {
    piece.compressed().handle((_, _) -> piece).thenAccept(this::release).join();
  }

  private void release(Piece piece) {
    idle.add(piece.block());
    permits.release();
  }

  private static byte[] trailer(CRC32 crc32, long size) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc32.getValue())
        .putInt((int) size)
        .array();
  }

  private record Piece(GzipBlock block, CompletableFuture<Void> compressed) {}

  private interface Use {
    void accept(GzipBlock block) throws IOException;
  }
}
