package dev.slipway.registry.archive;

import dev.slipway.image.Digest;
import dev.slipway.image.Platform;
import java.util.Collection;

/// What is said about an archive whose images are not fit to be pushed.
final class ImageProblems {
  private static final String MAKE_AGAIN =
      "Build the image again and write the archive with `docker save` or `docker buildx build --output"
          + " type=oci,dest=image.tar`.";
  private static final String UNCHANGED =
      "Hand the file on as the build wrote it: something has changed or damaged it since. If the build"
          + " wrote it so, build it again.";

  private ImageProblems() {}

  static Refused neither(TarIndex tar) {
    Collection<String> topLevel = tar.topLevel();
    Collection<String> deeper = tar.foldersWith(OciLayout.INDEX);
    String fix =
        deeper.isEmpty()
            ? MAKE_AGAIN + " (`docker export` writes a file system, not an image.)"
            : "Pack the content of the folder, not the folder: `tar -C %s -cf image.tar .`"
                .formatted(Quoted.plain(deeper.iterator().next()));
    return new Refused(
        "is a tar file, but no image archive",
        "It has neither `index.json` (OCI archive) nor `manifest.json` (docker archive) at the top; it"
            + " begins with %s.%s"
                .formatted(
                    topLevel.isEmpty()
                        ? "nothing: it is empty"
                        : list(topLevel.stream().map(Quoted::of).toList()),
                    TarProblems.endHint(tar.ended())),
        fix);
  }

  static Refused noLayout(Collection<String> names) {
    return new Refused(
        "is a folder, but no OCI image layout",
        "It has no `index.json`; it holds %s."
            .formatted(names.isEmpty() ? "nothing" : list(names.stream().map(Quoted::of).toList())),
        "Name the folder that `docker buildx build --output type=oci,tar=false,dest=FOLDER` or `skopeo"
            + " copy ... oci:FOLDER` wrote.");
  }

  static Refused notOci() {
    return new Refused(
        "is not an OCI archive",
        "It has no `index.json`; it is a docker archive.",
        "Write `docker-archive:` before the path, or no prefix: then the content decides.");
  }

  static Refused notDocker() {
    return new Refused(
        "is not a docker archive",
        "It has no `manifest.json`; it is an OCI archive.",
        "Write `oci-archive:` before the path, or no prefix: then the content decides.");
  }

  static Refused layoutVersion(String version) {
    return new Refused(
        "has an unknown format",
        "Its `oci-layout` says version %s; 1.0.0 is known.".formatted(Quoted.of(version)),
        MAKE_AGAIN);
  }

  static Refused noImage() {
    return new Refused("holds no image", "Its list of images is empty.", MAKE_AGAIN);
  }

  static Refused onlyAttestations() {
    return new Refused(
        "holds no image",
        "It has nothing but attestations, and `attestations: strip` leaves those out.",
        "Name the archive of the image itself, or remove `attestations`.");
  }

  static Refused severalImages(Collection<String> labels) {
    return new Refused(
        "holds %d images".formatted(labels.size()),
        "One can be pushed, and nothing says which: %s.".formatted(list(labels)),
        "Write an archive with one image: `docker save NAME:TAG -o image.tar`, or `skopeo copy"
            + " oci-archive:IN.tar:NAME oci-archive:OUT.tar`; of a folder, `oci:FOLDER:NAME` takes one."
            + " An image for several platforms has one entry, which names them.");
  }

  static Refused noImageCalled(String name, Collection<String> names) {
    return new Refused(
        "holds no image of that name",
        names.isEmpty()
            ? "`index.json` gives none of its images a name."
            : "`index.json` does not name %s, but %s."
                .formatted(Quoted.of(name), list(names.stream().map(Quoted::of).toList())),
        "Write one of the names after the folder, or none when it holds one image.");
  }

  /// @param missing what is listed and not there
  /// @param platforms what is there
  static Refused partial(
      Collection<String> missing, Collection<Platform> platforms, boolean ended) {
    if (missing.stream().allMatch(name -> name.endsWith(Descriptor.ATTESTATION))) {
      return new Refused(
          "does not hold everything that it names",
          "Its image is whole, but attestations are missing. An engine that has pulled an image writes"
              + " such an archive.",
          "Leave them out with `attestations: strip`; the image then gets another digest.");
    }
    String there = platforms.isEmpty() ? "linux/amd64" : platforms.iterator().next().toString();
    return new Refused(
        "does not hold everything that it names",
        "Missing: %s. An engine that has pulled one platform of an image writes such an archive.%s"
            .formatted(list(missing), TarProblems.endHint(ended)),
        "Save the platform that is there: `docker save --platform %s NAME:TAG -o image.tar`; or"
                .formatted(there)
            + " pull the missing ones first with `docker pull --platform ...`; or let the build"
            + " write all of them: `docker buildx build --platform ... --output"
            + " type=oci,dest=image.tar`.");
  }

  static Refused documentTooLarge(String name, long size) {
    return tooMuch(
        "%s has %,d bytes; %,d are allowed".formatted(Quoted.of(name), size, Limits.DOCUMENT));
  }

  static Refused documentsTooLarge() {
    return tooMuch("all manifests together have more than %,d bytes".formatted(Limits.DOCUMENTS));
  }

  static Refused tooManyManifests() {
    return tooMuch("it has more than %d manifests".formatted(Limits.MANIFESTS));
  }

  static Refused tooDeep() {
    return tooMuch("its indexes are nested more than %d deep".formatted(Limits.INDEX_DEPTH));
  }

  static Refused tooManyLayers(String image, int layers) {
    return new Refused(
        "has an image with too many layers",
        "%s has %d layers; container engines can run at most %d."
            .formatted(image, layers, Limits.LAYERS),
        "Join instructions of the Dockerfile, or build in stages and copy the result.");
  }

  static Refused badDocument(String name, String why) {
    return new Refused(
        "has a malformed document", "%s: %s.".formatted(Quoted.of(name), why), MAKE_AGAIN);
  }

  static Refused wrongDigest(String name, Digest claimed, Digest actual) {
    return new Refused(
        "is damaged",
        "The content of %s should have the digest %s, but has %s."
            .formatted(Quoted.of(name), claimed, actual),
        UNCHANGED);
  }

  static Refused wrongSize(String name, long claimed, long actual) {
    return new Refused(
        "is damaged",
        "%s should have %,d bytes, but has %,d.".formatted(Quoted.of(name), claimed, actual),
        UNCHANGED);
  }

  static Refused wrongDiffId(String name, Digest claimed, Digest actual) {
    return new Refused(
        "is damaged",
        "The config says that the layer %s has the diff_id %s, but its content has %s."
            .formatted(Quoted.of(name), claimed, actual),
        UNCHANGED);
  }

  static Refused layerCount(String image, int layers, int diffIds) {
    return new Refused(
        "has an image that cannot run",
        "%s lists %d layers, but its config %d.".formatted(image, layers, diffIds),
        "Save the image again with a newer Docker (25.0.0 wrote wrong OCI manifests), or let"
            + " `docker buildx build --output type=oci,dest=image.tar` write it.");
  }

  static Refused mislabelled(Digest layer, LayerCompression labelled, LayerCompression actual) {
    return new Refused(
        "has a mislabelled layer",
        "The manifest says %s for %s, but its bytes show %s; engines would fail on it or not,"
                .formatted(labelled, layer, actual)
            + " depending on their version.",
        MAKE_AGAIN);
  }

  static Refused unknownMediaType(String mediaType) {
    return new Refused(
        "holds something else than images",
        "An entry has the media type %s; image manifests and indexes are known."
            .formatted(Quoted.of(mediaType)),
        "Push artifacts with the tool that made them, and name an image archive here.");
  }

  static Refused webPage() {
    return new Refused(
        "cannot be read",
        "Its registry answers with a web page instead of a manifest.",
        "Check the host of the reference: it has to be that of a registry, such as `ghcr.io`. The sign-in"
            + " page of a proxy answers so, too.");
  }

  private static Refused tooMuch(String why) {
    return new Refused(
        "is larger than any image needs to be", "Refused because " + why + ".", MAKE_AGAIN);
  }

  private static String list(Collection<String> names) {
    String first = String.join(", ", names.stream().limit(10).toList());
    return names.size() > 10 ? first + " and %d more".formatted(names.size() - 10) : first;
  }
}
