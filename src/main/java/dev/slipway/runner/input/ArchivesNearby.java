package dev.slipway.runner.input;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A look around for image archives, or for jars, for the message about one that is missing.
/// Shallow and short.
final class ArchivesNearby {
  private static final int DEPTH = 3;
  private static final int LOOKED_AT = 5_000;
  private static final int SHOWN = 5;
  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tar|tar\\.gz|tgz|oci)");
  private static final Pattern JAR = Pattern.compile(".*\\.jar");
  private static final Pattern UNINTERESTING =
      Pattern.compile("\\.git|\\.mvn|node_modules|wrapper");

  private ArchivesNearby() {}

  /// Files of the kind of `missing`, relative to `folder`, in code marks; a few at most.
  static List<String> under(Path folder, String missing) {
    Pattern wanted = JAR.matcher(missing).matches() ? JAR : ARCHIVE;
    List<String> found = new ArrayList<>();
    try {
      Files.walkFileTree(folder, Set.of(), DEPTH, visitor(folder, wanted, found));
    } catch (IOException e) {
      // It was only a hint.
      return List.copyOf(found);
    }
    return found.stream().sorted().toList();
  }

  private static FileVisitor<Path> visitor(Path folder, Pattern wanted, List<String> found) {
    return new SimpleFileVisitor<>() {
      private int seen;

      @Override
      public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return UNINTERESTING.matcher(String.valueOf(directory.getFileName())).matches()
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && wanted.matcher(file.toString()).matches()) {
          found.add("`" + folder.relativize(file) + "`");
        }
        seen++;
        return found.size() < SHOWN && seen < LOOKED_AT
            ? FileVisitResult.CONTINUE
            : FileVisitResult.TERMINATE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException reason) {
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
