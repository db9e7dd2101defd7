package dev.slipway.registry.archive;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.ImageSource.InFile;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.ImageContent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Image archives in files.
///
/// What [#inspect] has checked stays open until [#open] hands it out: what was planned is what is
/// pushed, and no large file is unpacked or hashed twice.
public final class FileImageArchives implements AutoCloseable {
  // More threads would only hold more memory: no disk or network keeps up with 16 of them.
  private static final int MOST_THREADS = 16;

  private final Map<InFile, OpenedImage> inspected = new ConcurrentHashMap<>();
  private final ExecutorService workers;
  private final ParallelGzip gzip;
  private final ArchiveReader reader;

  /// Reads with as many threads as there are cores.
  public FileImageArchives() {
    this(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  FileImageArchives(int threads) {
    // Platform threads: hashing and deflating never wait for anything but a core. Daemons: an
    // abandoned run must not keep the process alive.
    workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("archive-", 1).factory());
    gzip = new ParallelGzip(workers, threads);
    reader = new ArchiveReader(new BlobCheck(workers), gzip);
  }

  /// Reads the whole structure of an image and checks it, without trusting it.
  ///
  /// @throws ActionException when it is missing, damaged or unsafe
  public Summary inspect(InFile source) {
    return inspected.computeIfAbsent(source, this::load).summary();
  }

  /// The image in `source`, ready to be pushed. The caller closes it, before it closes this.
  ///
  /// @throws ActionException when the archive is missing, damaged or unsafe
  public ImageContent open(InFile source) {
    return Optional.ofNullable(inspected.remove(source)).orElseGet(() -> load(source));
  }

  /// Lets go of everything that was inspected and never opened.
  @Override
  public void close() throws IOException {
    workers.shutdown();
    for (OpenedImage image : inspected.values()) {
      image.close();
    }
    inspected.clear();
    gzip.close();
  }

  private OpenedImage load(InFile source) {
    try {
      return read(source);
    } catch (Refused e) {
      throw e.in(source);
    } catch (IOException e) {
      throw FileProblems.unreadable(e).in(source);
    }
  }

  private OpenedImage read(InFile source) throws IOException {
    FileChannel file = ArchiveFile.open(source.path());
    try {
      return reader.read(source, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
