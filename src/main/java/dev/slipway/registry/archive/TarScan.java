package dev.slipway.registry.archive;

import static dev.slipway.registry.archive.TarHeader.BLOCK;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.registry.archive.TarEntry.File;
import dev.slipway.registry.archive.TarEntry.Folder;
import dev.slipway.registry.archive.TarEntry.Link;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Goes through the headers of a tar file once, and refuses everything that an image archive has no
/// use for.
final class TarScan {
  private final Slice tar;
  private final HeaderWindow window;
  private final Map<String, TarEntry> entries = new LinkedHashMap<>();
  private TarExtension extension = TarExtension.NONE;
  private long position;
  private int headers;
  private long nameBytes;

  private TarScan(Slice tar) {
    this.tar = tar;
    this.window = new HeaderWindow(tar);
  }

  /// Where everything is in `tar`.
  ///
  /// @throws Refused when it is damaged or holds something unsafe
  static TarIndex index(Slice tar) throws IOException {
    return new TarScan(tar).run();
  }

  private TarIndex run() throws IOException {
    boolean ended = false;
    while (!ended && position + BLOCK <= tar.size()) {
      byte[] block = window.block(position);
      ended = TarHeader.isEndMark(block);
      if (!ended) {
        take(TarHeader.parse(block, position));
      }
    }
    if (!extension.equals(TarExtension.NONE)) {
      throw TarProblems.badExtension("entry");
    }
    if (!ended && position < tar.size()) {
      if (position == 0) {
        throw TarProblems.notTar();
      }
      throw TarProblems.cutOff("a header", BLOCK - (tar.size() - position));
    }
    return new TarIndex(entries, ended);
  }

  private void take(TarHeader header) throws IOException {
    if (++headers > Limits.ENTRIES) {
      throw TarProblems.tooManyEntries();
    }
    position += BLOCK;
    switch (header.type()) {
      case 'x' -> extension = extension.withRecords(extensionContent(header));
      case 'L' -> extension = extension.withName(longName(header));
      case 'K' -> extension = extension.withLink(longName(header));
      case 'g' -> skipGlobal(extensionContent(header));
      default -> {
        add(header);
        extension = TarExtension.NONE;
      }
    }
  }

  private void add(TarHeader header) {
    String written = extension.name().orElse(header.name());
    String link = extension.link().orElse(header.link());
    long size = extension.size().orElse(header.size());
    String name = TarName.normalise(written);
    countNames(written.length(), link.length());
    switch (header.type()) {
      case '0', '\0', '7' -> {
        Slice content = content(written, size);
        // Before there was a letter for them, folders were files with a slash at the end.
        put(name, written.endsWith("/") && size == 0 ? new Folder() : new File(content));
      }
      case '1' -> put(name, new Link(TarName.normalise(link)), size);
      case '2' -> put(name, new Link(TarName.linkTarget(name, link)), size);
      case '5' -> put(name, new Folder(), size);
      case 'S' -> throw TarProblems.sparse();
      default -> throw TarProblems.unknownType(written, header.type());
    }
  }

  private void put(String name, TarEntry entry, long size) {
    // Readers disagree about whether such content is there, and so about where the next header is.
    if (size != 0) {
      throw TarProblems.contentWithoutFile(name);
    }
    put(name, entry);
  }

  private void put(String name, TarEntry entry) {
    TarEntry earlier = entries.putIfAbsent(name, entry);
    if (earlier != null && !(earlier instanceof Folder && entry instanceof Folder)) {
      throw TarProblems.duplicate(name);
    }
  }

  /// The next `size` bytes; the scan goes on behind them.
  private Slice content(String name, long size) {
    if (size > tar.size() - position) {
      throw TarProblems.cutOff(Quoted.of(name), size - (tar.size() - position));
    }
    Slice content = new Slice(tar.channel(), tar.offset() + position, size);
    long padding = (BLOCK - size % BLOCK) % BLOCK;
    position = Math.min(tar.size(), position + size + padding);
    return content;
  }

  private byte[] extensionContent(TarHeader header) throws IOException {
    if (header.size() > Limits.EXTENSION) {
      throw TarProblems.badExtension("size");
    }
    return content(header.name(), header.size()).head(Limits.EXTENSION);
  }

  private String longName(TarHeader header) throws IOException {
    String name = new String(extensionContent(header), UTF_8);
    return name.endsWith("\0") ? name.substring(0, name.length() - 1) : name;
  }

  /// A global header speaks about every entry after it; nothing of that kind is needed here.
  private static void skipGlobal(byte[] records) {
    if (!TarExtension.NONE.withRecords(records).equals(TarExtension.NONE)) {
      throw TarProblems.badExtension("global record");
    }
  }

  private void countNames(int name, int link) {
    nameBytes += name + link;
    if (Math.max(name, link) > Limits.NAME || nameBytes > Limits.NAMES) {
      throw TarProblems.namesTooLong();
    }
  }
}
