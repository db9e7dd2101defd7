package dev.slipway.registry.archive;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Attestations;
import dev.slipway.image.ImageSource;
import dev.slipway.image.ImageSource.Local;
import dev.slipway.problem.ActionException;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.archive.ArchiveReader.Said;
import dev.slipway.registry.engine.DockerEngine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Images on this machine: archives in files, layouts in folders, what its Docker engine has, and
/// what is built here.
///
/// What [#inspect] has checked stays open until [#open] hands it out: what was planned is what is
/// pushed, and no large file is unpacked or hashed twice.
public final class FileImageArchives implements AutoCloseable {
  // More threads would only hold more memory: no disk or network keeps up with 16 of them.
  private static final int MOST_THREADS = 16;

  private final Map<Local, ImageContent> inspected = new ConcurrentHashMap<>();
  private final DockerEngine engine;
  private final ExecutorService workers;
  private final ParallelGzip gzip;
  private final ArchiveReader reader;
  private final ImageBuilder builder;

  /// Reads with as many threads as there are cores.
  ///
  /// @param attestations what becomes of those of an image
  /// @param builder of images that are not there yet
  public FileImageArchives(Attestations attestations, ImageBuilder builder) {
    this(
        attestations,
        builder,
        new DockerEngine(DockerEngine.SOCKET),
        Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  FileImageArchives(
      Attestations attestations, ImageBuilder builder, DockerEngine engine, int threads) {
    this.builder = builder;
    this.engine = engine;
    // Platform threads: hashing and deflating never wait for anything but a core. Daemons: an
    // abandoned run must not keep the process alive.
    workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("archive-", 1).factory());
    gzip = new ParallelGzip(workers, threads);
    reader = new ArchiveReader(new BlobCheck(workers), gzip, attestations);
  }

  /// Reads the whole structure of an image and checks it, without trusting it.
  ///
  /// @throws ActionException when it is missing, damaged or unsafe
  public Summary inspect(Local source) {
    return inspected.computeIfAbsent(source, this::load).summary();
  }

  /// The image in `source`, ready to be pushed. The caller closes it, before it closes this.
  ///
  /// @throws ActionException when the archive is missing, damaged or unsafe
  public ImageContent open(Local source) {
    return Optional.ofNullable(inspected.remove(source)).orElseGet(() -> load(source));
  }

  /// Lets go of everything that was inspected and never opened.
  @Override
  public void close() throws IOException {
    workers.shutdown();
    for (ImageContent image : inspected.values()) {
      image.close();
    }
    inspected.clear();
  }

  private ImageContent load(Local source) {
    try {
      return read(source);
    } catch (Refused e) {
      throw e.in(source);
    } catch (IOException e) {
      throw FileProblems.unreadable(e).in(source);
    }
  }

  private ImageContent read(Local source) throws IOException {
    return switch (source) {
      case ImageSource.Archive archive ->
          readFile(source, Said.NOTHING, ArchiveFile.open(archive.path()));
      case ImageSource.OciArchive archive ->
          readFile(source, Said.OCI, ArchiveFile.open(archive.path()));
      case ImageSource.DockerArchive archive ->
          readFile(source, Said.DOCKER, ArchiveFile.open(archive.path()));
      case ImageSource.DockerDaemon image ->
          readFile(source, Said.NOTHING, EngineArchive.spool(engine, image));
      case ImageSource.OciFolder folder -> readFolder(folder);
      case ImageSource.Built built -> builder.build(built, new LayerPress(gzip));
    };
  }

  private OpenedImage readFile(Local source, Said said, FileChannel file) throws IOException {
    try {
      return reader.read(source, said, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private OpenedImage readFolder(ImageSource.OciFolder folder) throws IOException {
    FolderFiles files = new FolderFiles(folder.path());
    try {
      return reader.read(folder, files);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw e;
    }
  }
}
