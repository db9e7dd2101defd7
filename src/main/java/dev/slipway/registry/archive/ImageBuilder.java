package dev.slipway.registry.archive;

import dev.slipway.image.ImageSource;
import dev.slipway.registry.ImageContent;
import java.io.IOException;

/// Makes images that are not in a file yet.
public interface ImageBuilder {
  /// Builds the image, and writes nothing but temporary files.
  ///
  /// @param press makes its layers
  /// @throws Refused when the files cannot become an image
  /// @throws dev.slipway.problem.ActionException when the base image cannot be had
  ImageContent build(ImageSource.Built source, LayerPress press) throws IOException;
}
