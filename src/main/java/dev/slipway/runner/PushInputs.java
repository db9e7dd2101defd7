package dev.slipway.runner;

import dev.slipway.delivery.Inputs.Push;
import dev.slipway.delivery.Inputs.Repository;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.image.Digest;
import dev.slipway.image.EcrHost;
import dev.slipway.image.ImageSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The inputs that say what is pushed, or which image an earlier step pushed.
final class PushInputs {
  private static final Pattern TRANSPORT =
      Pattern.compile("(?<name>oci-archive|docker-archive):(?<path>.+)");
  private static final Pattern UNSUPPORTED =
      Pattern.compile("(?<name>oci|docker-daemon|docker|containers-storage|jar|dir):.*");

  private final InputTexts inputs;
  private final LocalFiles files;

  PushInputs(InputTexts inputs, LocalFiles files) {
    this.inputs = inputs;
    this.files = files;
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
    return inputs.text(Input.IMAGE).flatMap(this::source).map(source -> new Push(source, create));
  }

  private static boolean isEcr(RegistryChoice registry) {
    return switch (registry) {
      case RegistryChoice.Ecr _ -> true;
      case RegistryChoice.Ghcr _ -> false;
      case RegistryChoice.Host(String host) -> EcrHost.parse(host).isPresent();
    };
  }

  private Optional<ImageSource> source(String given) {
    Matcher unsupported = UNSUPPORTED.matcher(given);
    if (unsupported.matches()) {
      inputs.wrong(
          Input.IMAGE,
          given,
          "`%s:` is not supported yet".formatted(unsupported.group("name")),
          "Name an archive that an earlier step wrote: `docker save --output image.tar NAME`, or"
              + " docker/build-push-action with `outputs: type=oci,dest=image.tar`.");
      return Optional.empty();
    }
    Matcher transport = TRANSPORT.matcher(given);
    String path = transport.matches() ? transport.group("path") : given;
    return files
        .file(Input.IMAGE, path)
        .map(found -> source(given, transport.matches() ? transport.group("name") : "", found));
  }

  private static ImageSource source(String given, String transport, Path path) {
    return switch (transport) {
      case "oci-archive" -> new ImageSource.OciArchive(given, path);
      case "docker-archive" -> new ImageSource.DockerArchive(given, path);
      default -> new ImageSource.Archive(given, path);
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
