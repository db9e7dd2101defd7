package dev.slipway.registry.build;

import dev.slipway.delivery.RunContext;
import dev.slipway.image.ContainerSettings;
import dev.slipway.image.ImageSource;
import dev.slipway.registry.ImageContent;
import dev.slipway.registry.SourceRegistries;
import dev.slipway.registry.archive.ImageBuilder;
import dev.slipway.registry.archive.LayerPress;
import dev.slipway.registry.archive.LayerPress.Pressed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Builds the image of a jar or a folder. The files are looked at before the base image is asked
/// for: what is wrong with them needs no network.
public final class LayeredImageBuilder implements ImageBuilder {
  private final BaseReader bases;
  private final RunContext run;

  /// @param registries of base images
  /// @param run whose source goes into the labels
  public LayeredImageBuilder(SourceRegistries registries, RunContext run) {
    this.bases = new BaseReader(registries);
    this.run = run;
  }

  @Override
  public ImageContent build(ImageSource.Built source, LayerPress press) throws IOException {
    try (Application application = application(source)) {
      Foundation foundation = bases.read(source.settings().from());
      List<Pressed> layers = new ArrayList<>();
      try {
        for (Layer layer : application.layers()) {
          layers.add(press.press(layer));
        }
        ImageConfig config = new ImageConfig(settings(source), application);
        return new Assembly(config, List.copyOf(layers)).on(foundation);
      } catch (IOException | RuntimeException e) {
        foundation.close();
        for (Pressed layer : layers) {
          layer.close();
        }
        throw e;
      }
    }
  }

  private ContainerSettings settings(ImageSource.Built source) {
    ContainerSettings given = source.settings();
    return new ContainerSettings(given.from(), given.start(), RunLabels.with(run, given.labels()));
  }

  private static Application application(ImageSource.Built source) throws IOException {
    return switch (source) {
      case ImageSource.ExecutableJar jar -> JarApplication.of(jar.path());
      case ImageSource.Folder folder -> FolderApplication.of(folder);
    };
  }
}
