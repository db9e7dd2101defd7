package dev.slipway.registry.archive;

import dev.slipway.delivery.ImageArchives;
import dev.slipway.image.Attestations;
import dev.slipway.image.ImageSource;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.SourceRegistries;
import java.io.IOException;

/// Images wherever they are: in files, or in registries.
public final class ImageSources implements ImageArchives, AutoCloseable {
  private final FileImageArchives files;
  private final RemoteImages remote;

  /// @param attestations what becomes of those of finished images
  /// @param builder makes images of files
  public ImageSources(
      Attestations attestations, SourceRegistries registries, ImageBuilder builder) {
    this.files = new FileImageArchives(attestations, builder);
    this.remote = new RemoteImages(registries, attestations);
  }

  @Override
  public Summary inspect(ImageSource source) {
    return switch (source) {
      case ImageSource.Local file -> files.inspect(file);
      case ImageSource.InRegistry image -> remote.inspect(image);
    };
  }

  /// The image in `source`, ready to be pushed. The caller closes it, before it closes this.
  ///
  /// @throws dev.slipway.problem.ActionException when it is missing, damaged or unsafe
  public ImageContent open(ImageSource source) {
    return switch (source) {
      case ImageSource.Local file -> files.open(file);
      case ImageSource.InRegistry image -> remote.open(image);
    };
  }

  /// Lets go of everything that was inspected and never opened.
  @Override
  public void close() throws IOException {
    remote.close();
    files.close();
  }
}
