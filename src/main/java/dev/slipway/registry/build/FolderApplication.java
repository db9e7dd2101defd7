package dev.slipway.registry.build;

import dev.slipway.image.ImageSource;
import dev.slipway.registry.build.Application.Command;
import dev.slipway.registry.build.LayerEntry.File;
import dev.slipway.registry.build.LayerEntry.Folder;
import dev.slipway.registry.build.LayerEntry.Link;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A folder as it is: modes and symbolic links kept, what `.dockerignore` names left out, and git's
/// own folder always, which holds the token of the checkout.
final class FolderApplication {
  private static final String IGNORE_FILE = ".dockerignore";
  private static final int LARGEST_IGNORE_FILE = 1 << 20;
  private static final int MOST_ENTRIES = 500_000;

  private final Path folder;
  private final String target;
  private final IgnoreFile ignored;
  private final List<LayerEntry> entries = new ArrayList<>();

  private FolderApplication(ImageSource.Folder source) throws IOException {
    this.folder = source.path();
    // Without the first slash; empty for the root itself.
    this.target = source.target().substring(1);
    this.ignored = ignoreFile();
  }

  /// What to build of the folder.
  ///
  /// @throws dev.slipway.registry.archive.Refused when something in it cannot be in an image
  static Application of(ImageSource.Folder source) throws IOException {
    FolderApplication application = new FolderApplication(source);
    Files.walkFileTree(source.path(), application.new Visitor());
    if (application.entries.stream().noneMatch(entry -> !(entry instanceof Folder))) {
      throw BuildProblems.emptyFolder();
    }
    Layer layer = Layer.of("application", application.entries);
    return new Application("folder", List.of(layer), source.target(), Command.NONE, () -> {});
  }

  private IgnoreFile ignoreFile() throws IOException {
    Path file = folder.resolve(IGNORE_FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return IgnoreFile.NONE;
    }
    if (Files.size(file) > LARGEST_IGNORE_FILE) {
      throw BuildProblems.documentTooLarge(IGNORE_FILE);
    }
    return IgnoreFile.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  /// What a link stands for must be in the image, too.
  private void addLink(Path link, String name) throws IOException {
    Path points = Files.readSymbolicLink(link);
    Path parent = Objects.requireNonNull(link.getParent());
    boolean inside = !points.isAbsolute() && parent.resolve(points).normalize().startsWith(folder);
    if (!inside) {
      throw BuildProblems.linkLeavesFolder(folder.relativize(link).toString(), points.toString());
    }
    entries.add(new Link(name, points.toString()));
  }

  private static int mode(PosixFileAttributes attributes) {
    Set<PosixFilePermission> permissions = attributes.permissions();
    int mode = 0;
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      // Listed from the owner's reading to everybody's executing, as in the number.
      mode = (mode << 1) | (permissions.contains(permission) ? 1 : 0);
    }
    return mode;
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /// Goes through the folder, links not followed.
  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes ignoredAttributes)
        throws IOException {
      if (path.equals(folder)) {
        return FileVisitResult.CONTINUE;
      }
      if (isGit(path)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (!ignored.leavesOut(relative(path))) {
        add(new Folder(place(path), mode(attributes(path))));
      } else if (ignored.isFinal()) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      if (isGit(path) || ignored.leavesOut(relative(path))) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        addLink(path, place(path));
      } else if (attributes.isRegularFile()) {
        add(
            new File(
                place(path),
                mode(attributes(path)),
                attributes.size(),
                () -> Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)));
      } else {
        throw BuildProblems.specialFile(relative(path));
      }
      return FileVisitResult.CONTINUE;
    }

    private void add(LayerEntry entry) {
      if (entries.size() == MOST_ENTRIES) {
        throw BuildProblems.tooManyFiles(MOST_ENTRIES);
      }
      entries.add(entry);
    }

    /// In a submodule it is a file.
    private boolean isGit(Path path) {
      return String.valueOf(path.getFileName()).equals(".git");
    }

    private String relative(Path path) {
      return folder.relativize(path).toString();
    }

    private String place(Path path) {
      return target.isEmpty() ? relative(path) : target + "/" + relative(path);
    }
  }
}
