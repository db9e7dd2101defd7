package dev.slipway.runner.input;

import dev.slipway.image.EngineImageName;
import dev.slipway.image.ImageReferenceText;
import dev.slipway.image.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the image comes from: a path, or a transport prefix and what it needs.
final class ImageSourceInput {
  private static final Pattern TRANSPORT =
      Pattern.compile("(?<name>oci-archive|docker-archive):(?<path>.+)");
  // As https://github.com/containers/image/blob/main/docs/containers-transports.5.md has it: what
  // follows the first colon is the name of an image in the layout.
  private static final Pattern FOLDER =
      Pattern.compile("oci:(?<path>[^:]+)(?::(?<reference>[^@].*))?");
  private static final String DAEMON = "docker-daemon:";
  private static final Pattern IN_REGISTRY = Pattern.compile("docker://(?<reference>.*)");
  private static final Pattern UNSUPPORTED = Pattern.compile("(?<name>oci|containers-storage):.*");

  private final Input input;
  private final InputTexts inputs;
  private final LocalFiles files;
  private final BuiltSourceInput built;

  /// @param input the input in which it is written
  ImageSourceInput(InputTexts inputs, LocalFiles files, Input input) {
    this.input = input;
    this.inputs = inputs;
    this.files = files;
    this.built = new BuiltSourceInput(inputs, files, input);
  }

  /// What `given` names. Empty, with problems, when something is wrong.
  Optional<ImageSource> read(String given) {
    if (BuiltSourceInput.isOne(given)) {
      return built.read(given);
    }
    Matcher folder = FOLDER.matcher(given);
    if (folder.matches()) {
      return folder(given, folder.group("path"), Optional.ofNullable(folder.group("reference")));
    }
    if (given.startsWith(DAEMON)) {
      return fromDaemon(given);
    }
    Matcher inRegistry = IN_REGISTRY.matcher(given);
    if (inRegistry.matches()) {
      return fromRegistry(given, inRegistry.group("reference"));
    }
    Matcher unsupported = UNSUPPORTED.matcher(given);
    if (unsupported.matches()) {
      refuse(given, unsupported.group("name"));
      return Optional.empty();
    }
    Matcher archive = TRANSPORT.matcher(given);
    return archive.matches()
        ? fromArchive(given, archive.group("name"), archive.group("path"))
        : unmarked(given);
  }

  private Optional<ImageSource> fromDaemon(String given) {
    return inputs.parsed(
        input,
        given,
        text ->
            new ImageSource.DockerDaemon(
                text, new EngineImageName(text.substring(DAEMON.length()))),
        "Write `docker-daemon:NAME:TAG` as `docker images` shows it, or the image's id"
            + " `docker-daemon:sha256:...`.");
  }

  private Optional<ImageSource> fromRegistry(String given, String reference) {
    return inputs.parsed(
        input,
        given,
        text -> inRegistry(text, reference),
        "Write the image's reference after `docker://`, such as"
            + " `image: docker://ghcr.io/acme/shop:1.2.3`.");
  }

  private void refuse(String given, String transport) {
    inputs.wrong(
        input,
        given,
        "`%s:` is not supported yet".formatted(transport),
        "Name an archive that an earlier step wrote: `docker save --output image.tar NAME`, or"
            + " docker/build-push-action with `outputs: type=oci,dest=image.tar`.");
  }

  private Optional<ImageSource> fromArchive(String given, String transport, String path) {
    return namesAnImageToo(given, path)
        ? Optional.empty()
        : files.file(input, path).map(found -> archive(given, transport, found));
  }

  /// Other tools choose an image of an archive by a name behind the path.
  private boolean namesAnImageToo(String given, String path) {
    String file = path.replaceFirst(":.*", "");
    if (file.isEmpty() || file.equals(path) || !files.lacks(path) || files.lacks(file)) {
      return false;
    }
    inputs.wrong(
        input,
        given,
        "`%s` is there, and nothing may follow the path of an archive".formatted(file),
        "Leave out `%s`: what is pushed is the image that the archive holds, whatever it is called there."
            .formatted(path.substring(file.length())));
    return true;
  }

  private Optional<ImageSource> unmarked(String given) {
    if (isName(given) && files.lacks(given)) {
      inputs.wrong(
          input,
          given,
          "there is no such file, looked for from the workspace, and it reads like the name of an image",
          "Write `docker-daemon:%1$s` for an image that the engine of this machine has, or `docker://%1$s`"
                  .formatted(given)
              + " for one that a registry has.");
      return Optional.empty();
    }
    return files.fileOrFolder(input, given).map(found -> recognised(given, found));
  }

  private static boolean isName(String given) {
    try {
      return !new EngineImageName(given).value().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// The settings of a container have to have a container.
  void refuseUnusedSettings() {
    built.refuseUnusedSettings();
  }

  private Optional<ImageSource> folder(String given, String path, Optional<String> reference) {
    return files
        .fileOrFolder(input, path)
        .filter(found -> isFolder(given, found))
        .map(found -> new ImageSource.OciFolder(given, found, reference));
  }

  private boolean isFolder(String given, Path found) {
    if (!Files.isDirectory(found)) {
      inputs.wrong(
          input,
          given,
          "an OCI image layout is a folder, and this is a file",
          "For a tar file of a layout, write `oci-archive:` before the path.");
      return false;
    }
    return true;
  }

  private static ImageSource archive(String given, String transport, Path path) {
    return transport.equals("oci-archive")
        ? new ImageSource.OciArchive(given, path)
        : new ImageSource.DockerArchive(given, path);
  }

  private static ImageSource recognised(String given, Path path) {
    return Files.isDirectory(path)
        ? new ImageSource.OciFolder(given, path, Optional.empty())
        : new ImageSource.Archive(given, path);
  }

  private static ImageSource inRegistry(String given, String reference) {
    ImageReferenceText text = ImageReferenceText.parse(reference);
    return new ImageSource.InRegistry(given, text.name(), text.tag(), text.digest());
  }
}
