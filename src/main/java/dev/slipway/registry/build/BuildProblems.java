package dev.slipway.registry.build;

import dev.slipway.registry.archive.Quoted;
import dev.slipway.registry.archive.Refused;
import java.io.EOFException;
import java.io.IOException;

/// What is said about files that cannot become an image.
final class BuildProblems {
  private static final String BUILD_AGAIN =
      "Build the jar again, and look at what puts this into it; `jar tf` lists it.";

  private BuildProblems() {}

  static Refused noJar(IOException cause) {
    return new Refused(
        "is not a jar",
        cause instanceof EOFException
            ? "It ends too early for a zip file."
            : "It cannot be read as a zip file: %s.".formatted(cause.getMessage()),
        "Name the jar that the build wrote, such as `jar:build/libs/app.jar`; check that it is"
            + " complete.");
  }

  static Refused noMainClass() {
    return new Refused(
        "is not an executable jar",
        "Its manifest has no `Main-Class`.",
        "Name the jar that `java -jar` starts. With Spring Boot that is the one of `bootJar` or"
            + " `spring-boot:repackage`, not the `-plain` or `.original` one.");
  }

  static Refused quarkus() {
    return new Refused(
        "cannot run alone",
        "It is the `quarkus-run.jar` of a fast-jar, which needs the folders beside it.",
        "Write `image: dir:target/quarkus-app`, with `base-image: eclipse-temurin:25-jre` and"
            + " `entrypoint: java -jar quarkus-run.jar`, one word a line.");
  }

  static Refused badManifest(IOException cause) {
    return new Refused(
        "is damaged",
        "Its manifest cannot be read: %s.".formatted(cause.getMessage()),
        BUILD_AGAIN);
  }

  static Refused badLayersIndex(String line) {
    return new Refused(
        "has an index of layers that cannot be read",
        line.isEmpty()
            ? "It is empty."
            : "The line %s is neither a layer nor a part of one.".formatted(Quoted.of(line)),
        "Let Spring Boot's own plugin write `layers.idx`, or switch layers off.");
  }

  static Refused documentTooLarge(String name) {
    return new Refused(
        "cannot be used",
        "%s is larger than 1 MiB.".formatted(Quoted.of(name)),
        "Make it smaller.");
  }

  static Refused tooManyEntries(int most) {
    return unsafe("It has more than %,d entries.".formatted(most));
  }

  static Refused bomb() {
    return unsafe("Unpacked it would be more than a hundred times as large.");
  }

  static Refused leavesJar(String name) {
    return unsafe(
        "The name %s is absolute, leads out of the jar, or has characters that are not for names."
            .formatted(Quoted.of(name)));
  }

  static Refused duplicate(String name) {
    return unsafe(
        "It has %s twice, and tools disagree about which one counts.".formatted(Quoted.of(name)));
  }

  static Refused linkInJar(String name) {
    return unsafe("%s is a symbolic link.".formatted(Quoted.of(name)));
  }

  static Refused unreadableEntry(String name) {
    return unsafe("%s is encrypted, or packed in an unusual way.".formatted(Quoted.of(name)));
  }

  static Refused damaged(String name) {
    return new Refused(
        "is damaged", "%s cannot be unpacked.".formatted(Quoted.of(name)), BUILD_AGAIN);
  }

  static Refused sizeChanged(String name) {
    return new Refused(
        "is damaged, or changed while it was read",
        "%s has another size than it said.".formatted(Quoted.of(name)),
        "Make sure that the step which writes it has finished.");
  }

  static Refused libraryElsewhere(String written) {
    return new Refused(
        "needs a file from elsewhere",
        "The `Class-Path` of its manifest names %s, which is not beside or below the jar."
            .formatted(Quoted.of(written)),
        "Let the build copy the libraries beside the jar and name them relative to it, such as"
            + " `lib/a.jar`.");
  }

  static Refused libraryMissing(String written) {
    return new Refused(
        "needs a file that is not there",
        "The `Class-Path` of its manifest names %s, which is not beside the jar."
            .formatted(Quoted.of(written)),
        "Hand on the libraries together with the jar, in the folders that the manifest names.");
  }

  static Refused libraryNoFile(String written) {
    return new Refused(
        "needs a folder",
        "The `Class-Path` of its manifest names %s, which is not a file."
            .formatted(Quoted.of(written)),
        "Pack its content into a jar; or build the whole folder with `dir:` and an `entrypoint`.");
  }

  static Refused libraryIsTheJar(String written) {
    return new Refused(
        "needs a library of its own name",
        "The `Class-Path` of its manifest names %s, the place of the jar itself in the image."
            .formatted(Quoted.of(written)),
        "Give the library another name.");
  }

  static Refused emptyFolder() {
    return new Refused(
        "has nothing for an image",
        "There is no file in the folder, or its `.dockerignore` leaves out all of them.",
        "Check that an earlier step wrote into it.");
  }

  static Refused tooManyFiles(int most) {
    return new Refused(
        "has too many files",
        "There are more than %,d.".formatted(most),
        "Leave out what the image does not need with a `.dockerignore` file.");
  }

  static Refused linkLeavesFolder(String name, String target) {
    return new Refused(
        "has a link that leads out of it",
        "%s points at %s, which will not be in the image at that place."
            .formatted(Quoted.of(name), Quoted.of(target)),
        "Copy the file instead, make the link a relative one inside the folder, or leave it out"
            + " with a `.dockerignore` file.");
  }

  static Refused ignoreFileElsewhere() {
    return new Refused(
        "has a `.dockerignore` that cannot be read",
        "It is not a file, or a link that leads out of the folder; without it everything would be"
            + " published.",
        "Put the file itself there.");
  }

  static Refused nameNotText(String name) {
    return new Refused(
        "has a name that is not UTF-8",
        "%s has bytes that are none, shown as question marks; in the image it would be another name."
            .formatted(Quoted.of(name)),
        "Rename it (`convmv -f latin1 -t utf8 --notest -r FOLDER` renames all), or remove it.");
  }

  static Refused specialFile(String name) {
    return new Refused(
        "has something that is not a file",
        "%s is a pipe, a socket or a device.".formatted(Quoted.of(name)),
        "Remove it, or leave it out with a `.dockerignore` file.");
  }

  static Refused badIgnoreLine(int line, String why) {
    return new Refused(
        "cannot be read",
        "Line %d of its `.dockerignore` file cannot be used: %s.".formatted(line, why),
        "Write it as docker's documentation of `.dockerignore` says.");
  }

  static Refused noCommand() {
    return new Refused(
        "has nothing to start",
        "`base-image` is `scratch`, and neither that nor the inputs say what a container runs.",
        "Set `entrypoint`.");
  }

  private static Refused unsafe(String why) {
    return new Refused("is not a safe jar", why, BUILD_AGAIN);
  }
}
