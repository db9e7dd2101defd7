package dev.slipway.registry.archive;

import dev.slipway.delivery.ImageArchives.Summary;
import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.registry.ImageContent.Blob;
import dev.slipway.registry.ImageContent.Manifest;
import dev.slipway.registry.ImageContent.Source;
import dev.slipway.registry.archive.OpenedImage.Finished;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Recognises what an archive holds, by its content.
final class ArchiveReader {
  private static final String OCI = "OCI archive";
  private static final String DOCKER = "docker archive";
  private static final String BOTH = "docker archive (OCI layout)";
  private static final String FOLDER = "OCI layout";

  private final BlobCheck check;
  private final ParallelGzip gzip;
  private final Attestations attestations;

  ArchiveReader(BlobCheck check, ParallelGzip gzip, Attestations attestations) {
    this.check = check;
    this.gzip = gzip;
    this.attestations = attestations;
  }

  /// What the author says that an archive is.
  enum Said {
    NOTHING,
    OCI,
    DOCKER
  }

  /// The image in `file`.
  ///
  /// @param source for messages
  /// @throws Refused unless it holds exactly one, whole and unharmed
  OpenedImage read(ImageSource.Local source, Said said, FileChannel file) throws IOException {
    TarIndex tar = TarScan.index(Slice.of(file));
    boolean oci = tar.has(OciLayout.INDEX);
    boolean docker = tar.has(DockerSave.MANIFEST);
    if (!oci && !docker) {
      throw ImageProblems.neither(tar);
    }
    return switch (said) {
      case OCI -> {
        if (!oci) {
          throw ImageProblems.notOci();
        }
        yield verbatim(docker ? BOTH : OCI, layout(tar), file);
      }
      case DOCKER -> {
        if (!docker) {
          throw ImageProblems.notDocker();
        }
        yield docker(oci, tar, source, file);
      }
      case NOTHING -> docker ? docker(oci, tar, source, file) : verbatim(OCI, layout(tar), file);
    };
  }

  private OpenedImage docker(boolean oci, TarIndex tar, ImageSource source, FileChannel file)
      throws IOException {
    return oci
        ? both(layout(tar), tar, source, file)
        : rebuilt(DOCKER, DockerSave.read(tar), source, file);
  }

  private static OciLayout layout(TarIndex tar) throws IOException {
    return OciLayout.read(tar, Optional.empty());
  }

  /// The image in `folder`.
  ///
  /// @throws Refused unless it holds exactly one, or one of the name that was asked for, whole and
  ///   unharmed
  OpenedImage read(ImageSource.OciFolder folder, FolderFiles files) throws IOException {
    if (!files.has(OciLayout.INDEX)) {
      throw ImageProblems.noLayout(files.names());
    }
    return verbatim(FOLDER, OciLayout.read(files, folder.reference()), files);
  }

  /// What `docker save` writes since version 25, and BuildKit for Docker: a layout and
  /// `manifest.json` side by side.
  ///
  /// From an engine with the containerd store the layout is the image as a registry had or will
  /// have it, and is pushed as it is. Any other engine keeps layers uncompressed and makes the
  /// layout up while saving: nobody knows its digest, `docker load` does not read it, some versions
  /// left out or shuffled its layers (https://github.com/moby/moby/issues/47065,
  /// https://github.com/moby/moby/pull/47160), and uncompressed layers would cost storage and time
  /// at every pull. So `manifest.json` counts, and the layers are compressed as `docker push` would
  /// do. Whoever wants such a layout as it is writes `oci-archive:` before the path.
  private OpenedImage both(OciLayout layout, TarIndex tar, ImageSource source, FileChannel file)
      throws IOException {
    if (layout.holdsIndex()) {
      return verbatim(BOTH, layout, file);
    }
    DockerSave save = DockerSave.read(tar);
    return save.hasRawLayers() || layout.roots().isEmpty()
        ? rebuilt(BOTH, save, source, file)
        : verbatim(BOTH, layout, file);
  }

  private OpenedImage verbatim(String format, OciLayout layout, Closeable file) throws IOException {
    FinishedImage image = layout.image(attestations);
    List<Manifest> manifests = StrippedIndexes.of(image.manifests(), image.stripped());
    Digest digest = manifests.getLast().digest();
    Digest before = image.manifests().getLast().digest();
    check.verify(image.blobs());
    List<Source> blobs =
        image.blobs().entrySet().stream()
            .<Source>map(blob ->
                new Finished(new Blob(blob.getKey(), blob.getValue().size(), blob.getValue())))
            .toList();
    Summary summary =
        new Summary(
            format,
            Optional.of(digest),
            image.platforms(),
            image.layers(),
            bytes(blobs),
            Optional.of(before).filter(other -> !other.equals(digest)),
            manifests.stream().map(Manifest::digest).collect(Collectors.toSet()));
    return new OpenedImage(summary, Optional.empty(), blobs, () -> manifests, file);
  }

  private OpenedImage rebuilt(String format, DockerSave save, ImageSource source, FileChannel file)
      throws IOException {
    DockerImage image = DockerImage.of(save, check, gzip, source);
    Optional<Digest> digest =
        save.hasRawLayers() ? Optional.empty() : Optional.of(image.manifest().digest());
    List<Platform> platforms =
        Descriptor.platform(save.config(), save.config().tree()).stream().toList();
    List<Source> blobs = image.blobs();
    // The config is a blob, too.
    Summary summary = new Summary(format, digest, platforms, blobs.size() - 1, bytes(blobs));
    Optional<Digest> config =
        save.hasRawLayers() ? Optional.of(save.config().digest()) : Optional.empty();
    return new OpenedImage(summary, config, blobs, () -> List.of(image.manifest()), file);
  }

  private static long bytes(List<Source> blobs) {
    return blobs.stream().mapToLong(Source::sizeHint).sum();
  }
}
