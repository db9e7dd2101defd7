package dev.slipway.registry.archive;

/// What is said about a tar file that is damaged or unsafe.
final class TarProblems {
  private static final String MAKE_AGAIN =
      "Write the archive with `docker save`, `docker buildx build --output type=oci,dest=image.tar` or"
          + " `skopeo copy`, and hand on that file unchanged.";

  private TarProblems() {}

  static Refused notTar() {
    return new Refused(
        "is not a tar archive", "Its first 512 bytes are no tar header.", MAKE_AGAIN);
  }

  static Refused badHeader(long position) {
    return position == 0
        ? notTar()
        : new Refused(
            "is damaged",
            "At byte %,d there should be a tar header, but its checksum or its size is wrong."
                .formatted(position),
            "Upload the file as an artifact again, or compare its checksum with the one where it was"
                + " made. "
                + MAKE_AGAIN);
  }

  static Refused badExtension(String part) {
    return new Refused(
        "is damaged",
        "An extension header in the tar file has a wrong or unexpected %s.".formatted(part),
        MAKE_AGAIN);
  }

  static Refused cutOff(String inside, long missingBytes) {
    return new Refused(
        "is cut off",
        "It ends inside %s: %,d bytes are missing.".formatted(inside, missingBytes),
        "Make sure that the step which writes it has finished, that the disk was not full, and that"
            + " the download of the artifact was complete.");
  }

  static Refused leavesArchive(String name) {
    return unsafe(
        "The name or link %s leads out of the archive or is absolute.".formatted(Quoted.of(name)));
  }

  static Refused duplicate(String name) {
    return unsafe(
        "It has %s twice, and tools disagree about which one counts.".formatted(Quoted.of(name)));
  }

  static Refused unknownType(String name, char type) {
    String kind =
        switch (type) {
          case '3', '4' -> "a device";
          case '6' -> "a named pipe";
          default -> "an entry of type %s".formatted(Quoted.of(String.valueOf(type)));
        };
    return unsafe(
        "%s is %s; only files, folders and links belong into an image archive."
            .formatted(Quoted.of(name), kind));
  }

  static Refused sparse() {
    return unsafe("It has a sparse file; only files, folders and links belong into it.");
  }

  static Refused contentWithoutFile(String name) {
    return unsafe("%s is a folder or a link, and yet has content.".formatted(Quoted.of(name)));
  }

  static Refused linksWithoutEnd(String name) {
    return unsafe("The links from %s never reach a file.".formatted(Quoted.of(name)));
  }

  static Refused tooManyEntries() {
    return unsafe("It has more than %,d entries.".formatted(Limits.ENTRIES));
  }

  static Refused namesTooLong() {
    return unsafe(
        "A name is longer than %,d bytes, or all together are longer than %,d bytes."
            .formatted(Limits.NAME, Limits.NAMES));
  }

  static Refused notAFile(String name) {
    return new Refused(
        "is not complete",
        "%s should be a file, but is a folder.".formatted(Quoted.of(name)),
        MAKE_AGAIN);
  }

  static Refused missingEntry(String name, boolean ended) {
    return new Refused(
        "is not complete",
        "%s is not in it.%s".formatted(Quoted.of(name), endHint(ended)),
        MAKE_AGAIN);
  }

  /// A sentence for archives in which something is missing.
  static String endHint(boolean ended) {
    return ended ? "" : " The mark at the end of the file is missing, too: it may be cut off.";
  }

  private static Refused unsafe(String why) {
    return new Refused("is not a safe archive", why, MAKE_AGAIN);
  }
}
