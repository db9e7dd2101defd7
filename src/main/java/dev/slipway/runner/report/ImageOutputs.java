package dev.slipway.runner.report;

import dev.slipway.delivery.ImageRegistry.Pushed;
import dev.slipway.delivery.PlannedImage;
import dev.slipway.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The outputs about the images: those of the only one, or one for all components.
final class ImageOutputs {
  private final WrittenOutputs outputs;
  private final List<PlannedImage> images = new ArrayList<>();
  private long toPush;

  ImageOutputs(WrittenOutputs outputs) {
    this.outputs = outputs;
  }

  void planned(List<PlannedImage> planned) {
    if (planned.size() == 1) {
      only(planned.getFirst());
    }
    images.clear();
    images.addAll(planned);
    toPush = images.stream().filter(image -> image.push().isPresent()).count();
    components();
  }

  private void only(PlannedImage image) {
    outputs.write(Output.TAG, image.tag().value());
    outputs.write(
        Output.TAGS, image.tags().stream().map(Tag::value).collect(Collectors.joining("\n")));
    image
        .name()
        .ifPresent(name -> {
          outputs.write(Output.REGISTRY, name.registry());
          outputs.write(Output.REPOSITORY, name.repository());
        });
    image.reference().ifPresent(reference -> outputs.write(Output.IMAGE, reference.toString()));
    if (image.push().isEmpty()) {
      image.digest().ifPresent(digest -> outputs.write(Output.DIGEST, digest.value()));
    }
  }

  /// Once every digest is known.
  private void components() {
    if (toPush == 0 && images.stream().anyMatch(image -> image.component().isPresent())) {
      outputs.write(Output.IMAGES, PlanJson.images(images));
    }
  }

  void pushed(PlannedImage image, Pushed pushed) {
    if (outputs.has(Output.TAG)) {
      outputs.write(Output.DIGEST, pushed.digest().value());
    }
    toPush--;
    images.replaceAll(known -> known.component().equals(image.component()) ? image : known);
    components();
  }

  /// A dry run knows of digests what the images themselves say.
  void onlyPlanned() {
    if (images.size() == 1) {
      images
          .getFirst()
          .digest()
          .ifPresent(digest -> outputs.writeOnce(Output.DIGEST, digest.value()));
    }
    if (toPush > 0) {
      toPush = 0;
      components();
    }
  }
}
