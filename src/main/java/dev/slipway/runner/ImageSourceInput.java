package dev.slipway.runner;

import dev.slipway.image.ImageReferenceText;
import dev.slipway.image.ImageSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the image comes from: a path, or a transport prefix and what it needs.
final class ImageSourceInput {
  private static final Pattern TRANSPORT =
      Pattern.compile("(?<name>oci-archive|docker-archive):(?<path>.+)");
  private static final Pattern IN_REGISTRY = Pattern.compile("docker://(?<reference>.*)");
  private static final Pattern UNSUPPORTED =
      Pattern.compile("(?<name>oci|docker-daemon|containers-storage|jar|dir):.*");

  private final InputTexts inputs;
  private final LocalFiles files;

  ImageSourceInput(InputTexts inputs, LocalFiles files) {
    this.inputs = inputs;
    this.files = files;
  }

  /// What `given`, the text of the input `image`, names. Empty, with problems, when something is
  /// wrong.
  Optional<ImageSource> read(String given) {
    Matcher inRegistry = IN_REGISTRY.matcher(given);
    if (inRegistry.matches()) {
      return inputs.parsed(
          Input.IMAGE,
          given,
          text -> inRegistry(text, inRegistry.group("reference")),
          "Write the image's reference after `docker://`, such as"
              + " `image: docker://ghcr.io/acme/shop:1.2.3`.");
    }
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

  private static ImageSource inRegistry(String given, String reference) {
    ImageReferenceText text = ImageReferenceText.parse(reference);
    return new ImageSource.InRegistry(given, text.name(), text.tag(), text.digest());
  }

  private static ImageSource source(String given, String transport, Path path) {
    return switch (transport) {
      case "oci-archive" -> new ImageSource.OciArchive(given, path);
      case "docker-archive" -> new ImageSource.DockerArchive(given, path);
      default -> new ImageSource.Archive(given, path);
    };
  }
}
