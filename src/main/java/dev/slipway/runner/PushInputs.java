package dev.slipway.runner;

import dev.slipway.delivery.Inputs.Push;
import dev.slipway.delivery.Inputs.Repository;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.image.Digest;
import dev.slipway.image.EcrHost;
import java.util.Optional;

/// The inputs that say what is pushed, or which image an earlier step pushed.
final class PushInputs {
  private final InputTexts inputs;
  private final ImageSourceInput sources;

  PushInputs(InputTexts inputs, LocalFiles files) {
    this.inputs = inputs;
    this.sources = new ImageSourceInput(inputs, files);
  }

  /// Empty without `image`, and, with problems, when something is wrong.
  Optional<Push> read(Optional<Repository> repository) {
    boolean create = inputs.flag(Input.CREATE_REPOSITORY);
    if (create && repository.map(known -> !isEcr(known.registry())).orElse(false)) {
      inputs.wrong(
          Input.CREATE_REPOSITORY,
          "true",
          "only Amazon ECR has repositories that must be made first",
          "Remove it, or write `registry: ecr`.");
    }
    return inputs.text(Input.IMAGE).flatMap(sources::read).map(source -> new Push(source, create));
  }

  private static boolean isEcr(RegistryChoice registry) {
    return switch (registry) {
      case RegistryChoice.Ecr _, RegistryChoice.EcrPublic _ -> true;
      case RegistryChoice.Ghcr _ -> false;
      case RegistryChoice.Host(String host) -> EcrHost.parse(host).isPresent();
    };
  }

  /// The digest of an image that an earlier step pushed.
  Optional<Digest> givenDigest() {
    if (inputs.isGiven(Input.IMAGE) && inputs.isGiven(Input.IMAGE_DIGEST)) {
      inputs.add(
          "The inputs `image` and `image-digest` exclude each other",
          "the digest of what is pushed follows from the image itself",
          "Remove `image-digest`; or remove `image` when an earlier step pushed it already.");
    }
    return inputs.parsed(
        Input.IMAGE_DIGEST,
        Digest::new,
        "Write the digest that docker/build-push-action reports, such as `image-digest:"
            + " ${{ steps.build.outputs.digest }}`: `sha256:` and 64 hexadecimal digits.");
  }
}
