package dev.slipway.registry.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What is said about a file that cannot even be looked into.
final class FileProblems {
  private static final String WHERE =
      "A container action sees the workspace (`github.workspace`) and `runner.temp`, nothing else of the"
          + " runner's disk, so not its `/tmp`. Write the archive into the workspace in an earlier step of"
          + " the same job, or download the artifact there.";

  private FileProblems() {}

  static Refused missing(Path path, List<String> nearby) {
    String near =
        nearby.isEmpty() ? "" : " Archives beside it: %s.".formatted(String.join(", ", nearby));
    return new Refused(
        "does not exist",
        "There is no file %s.%s".formatted(Quoted.of(path.toString()), near),
        WHERE);
  }

  static Refused folderMissing(Path path, Path nearest) {
    return new Refused(
        "does not exist",
        "There is no file %s; of its folders, only %s exists."
            .formatted(Quoted.of(path.toString()), Quoted.of(nearest.toString())),
        WHERE);
  }

  static Refused folder() {
    return new Refused(
        "is a folder",
        "An archive is one file.",
        "For an OCI image layout, write `oci:` before the path; otherwise name the archive in the"
            + " folder.");
  }

  static Refused notInPlace(String name) {
    return new Refused(
        "is not a safe folder",
        "%s is not a regular file, or a link leads to it; in a folder only files themselves are read, so that"
                .formatted(Quoted.of(name))
            + " nothing from elsewhere is published.",
        "Copy the folder with its links resolved, `cp -rL FOLDER COPY`, and name the copy.");
  }

  static Refused tooManyFiles() {
    return new Refused(
        "is larger than any image needs to be",
        "Refused because it consists of more than %,d files.".formatted(Limits.FILES),
        "Put fewer platforms or layers into one image, or pack the folder: `tar -C FOLDER -cf image.tar"
            + " .`.");
  }

  static Refused special() {
    return new Refused(
        "is not a regular file",
        "It is a device, a socket or a named pipe.",
        "Write the archive to a file first.");
  }

  static Refused empty() {
    return new Refused(
        "is empty",
        "It has 0 bytes.",
        "Make sure that the step which writes it has succeeded; a shell's `>` makes the file even when"
            + " the command fails.");
  }

  static Refused zip() {
    return new Refused(
        "is a zip or jar file",
        "An image archive is a tar file.",
        "If GitHub's artifact was downloaded by hand, unpack it first (actions/download-artifact does);"
            + " if it is a jar, build an image with it.");
  }

  static Refused packed(FileKind kind, String command) {
    return new Refused(
        "is compressed with %s".formatted(kind.name().toLowerCase(Locale.ROOT)),
        "Around the tar file, gzip is understood, nothing else.",
        "Unpack it in an earlier step (`%s`), or write the archive without compression: its layers are"
                .formatted(command)
            + " compressed for the push anyway.");
  }

  static Refused damagedGzip(String subject, String why) {
    return new Refused(
        "is damaged",
        "%s is compressed with gzip, which cannot be undone: %s.".formatted(subject, why),
        "Make sure that the step which writes it has finished, and that the download of the artifact"
            + " was complete.");
  }

  static Refused inflatesTooMuch(String subject, long compressed, long limit) {
    return new Refused(
        "is not a safe archive",
        "%s grows from %,d bytes of gzip to more than %,d bytes."
            .formatted(subject, compressed, limit),
        "Nothing that software consists of shrinks so much. Look at what the build puts there; a file"
            + " system image full of zeros belongs on a volume.");
  }

  static Refused savedTooMuch() {
    return new Refused(
        "is larger than any image needs to be",
        "The engine sends more than %,d bytes.".formatted(Limits.SAVED),
        "Look at what the build copies into the image; data belongs on a volume.");
  }

  static Refused unreadable(IOException cause) {
    return new Refused(
        "cannot be read",
        "Reading it, or writing its unpacked form into the folder for temporary files, failed: %s."
            .formatted(reason(cause)),
        "Check that the runner's disk has free space, and that the file may be read by root and stays"
            + " unchanged while this step runs.");
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
