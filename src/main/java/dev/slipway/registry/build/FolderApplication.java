package dev.slipway.registry.build;

import dev.slipway.image.ImageSource;
import dev.slipway.registry.build.Application.Command;
import dev.slipway.registry.build.LayerEntry.Content;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A folder as it is: modes and symbolic links kept, what `.dockerignore` names left out, and git's
/// own folder always, which holds the token of the checkout.
final class FolderApplication {
  private static final String IGNORE_FILE = ".dockerignore";
  private static final int LARGEST_IGNORE_FILE = 1 << 20;
  // What the heap of the action's image has room for.
  private static final int MOST_ENTRIES = 300_000;
  private static final long LONGEST_NAMES = 32 << 20;

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

  /// Docker follows a link there, such as one to `.gitignore`.
  private IgnoreFile ignoreFile() throws IOException {
    Path file = folder.resolve(IGNORE_FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return IgnoreFile.NONE;
    }
    if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder)) {
      throw BuildProblems.ignoreFileElsewhere();
    }
    if (Files.size(file) > LARGEST_IGNORE_FILE) {
      throw BuildProblems.documentTooLarge(IGNORE_FILE);
    }
    return IgnoreFile.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  /// What a link stands for must be in the image, too.
  private Link link(Path link, String name) throws IOException {
    Path points = Files.readSymbolicLink(link);
    Path parent = Objects.requireNonNull(link.getParent());
    boolean inside = !points.isAbsolute() && parent.resolve(points).normalize().startsWith(folder);
    if (!inside) {
      throw BuildProblems.linkLeavesFolder(folder.relativize(link).toString(), points.toString());
    }
    return new Link(name, text(points));
  }

  /// Remembers the name only, not the path: there may be hundreds of thousands.
  private Content content(String name) {
    return () -> Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /// Java reads what is no UTF-8 as one and the same character: two such names would be one.
  private static String text(Path path) {
    String text = path.toString();
    if (text.indexOf('\uFFFD') >= 0 && !path.equals(Path.of(text))) {
      throw BuildProblems.nameNotText(text);
    }
    return text;
  }

  /// The permissions, with the bits that set an owner or keep a shared folder's files apart.
  private static int mode(Path path) throws IOException {
    Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (Integer) mode & 07777;
  }

  /// Goes through the folder, links not followed.
  private final class Visitor extends SimpleFileVisitor<Path> {
    // Folders that are left out, and yet come along once something in them is kept.
    private final Map<String, Folder> leftOut = new HashMap<>();
    private long nameLength;

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes ignoredAttributes)
        throws IOException {
      if (path.equals(folder)) {
        return FileVisitResult.CONTINUE;
      }
      if (isGit(path)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      boolean isLeftOut = ignored.leavesOut(relative(path));
      if (isLeftOut && ignored.isFinal()) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Folder entry = new Folder(place(path), mode(path));
      if (isLeftOut) {
        leftOut.put(entry.name(), entry);
      } else {
        add(entry);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      if (isGit(path) || ignored.leavesOut(relative(path))) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        add(link(path, place(path)));
      } else if (attributes.isRegularFile()) {
        add(new File(place(path), mode(path), attributes.size(), content(relative(path))));
      } else {
        throw BuildProblems.specialFile(relative(path));
      }
      return FileVisitResult.CONTINUE;
    }

    private void add(LayerEntry entry) {
      String name = entry.name();
      for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
        Optional.ofNullable(leftOut.remove(name.substring(0, end))).ifPresent(entries::add);
      }
      nameLength += name.length();
      if (entries.size() >= MOST_ENTRIES || nameLength > LONGEST_NAMES) {
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
      String name = text(folder.relativize(path));
      return target.isEmpty() ? name : target + "/" + name;
    }
  }
}
