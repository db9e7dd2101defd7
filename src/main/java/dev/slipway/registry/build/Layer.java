package dev.slipway.registry.build;

import dev.slipway.registry.archive.LayerPress;
import dev.slipway.registry.build.LayerEntry.File;
import dev.slipway.registry.build.LayerEntry.Folder;
import dev.slipway.registry.build.LayerEntry.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// A layer to be. Its tar file tells nothing about where and when it was made: names in order, all
/// files of one second and one owner, every folder on the way listed.
///
/// @param name for the image's history
/// @param entries by name
record Layer(String name, SortedMap<String, LayerEntry> entries) implements LayerPress.Tar {
  // Not the epoch itself: some programs take that for no time at all.
  private static final long TIME_MILLIS = 1000;
  private static final int BUFFER = 64 << 10;

  /// A layer of `entries`, and of the folders above them.
  static Layer of(String name, Collection<? extends LayerEntry> entries) {
    SortedMap<String, LayerEntry> sorted = new TreeMap<>();
    for (LayerEntry entry : entries) {
      sorted.put(entry.name(), entry);
    }
    for (LayerEntry entry : entries) {
      addParents(entry.name(), sorted);
    }
    return new Layer(name, sorted);
  }

  private static void addParents(String name, SortedMap<String, LayerEntry> sorted) {
    for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
      String parent = name.substring(0, slash);
      sorted.putIfAbsent(parent, new Folder(parent, LayerEntry.EXECUTABLE));
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    for (LayerEntry entry : entries.values()) {
      put(entry, tar);
    }
    tar.finish();
    tar.flush();
  }

  private static void put(LayerEntry entry, TarArchiveOutputStream tar) throws IOException {
    switch (entry) {
      case Folder folder -> put(header(folder.name() + "/", folder.mode()), tar);
      case Link link -> {
        TarArchiveEntry header = new TarArchiveEntry(link.name(), TarConstants.LF_SYMLINK);
        header.setLinkName(link.target());
        header.setMode(0777);
        put(withoutOrigin(header), tar);
      }
      case File file -> {
        TarArchiveEntry header = header(file.name(), file.mode());
        header.setSize(file.size());
        tar.putArchiveEntry(header);
        copy(file, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  private static TarArchiveEntry header(String name, int mode) {
    TarArchiveEntry header = new TarArchiveEntry(name);
    header.setMode(mode);
    return withoutOrigin(header);
  }

  private static TarArchiveEntry withoutOrigin(TarArchiveEntry header) {
    header.setIds(0, 0);
    header.setNames("", "");
    header.setModTime(TIME_MILLIS);
    return header;
  }

  private static void put(TarArchiveEntry header, TarArchiveOutputStream tar) throws IOException {
    tar.putArchiveEntry(header);
    tar.closeArchiveEntry();
  }

  private static void copy(File file, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = file.size();
    try (InputStream in = file.content().open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left -= read;
        if (left < 0) {
          throw BuildProblems.sizeChanged(file.name());
        }
        out.write(buffer, 0, read);
      }
    }
    if (left > 0) {
      throw BuildProblems.sizeChanged(file.name());
    }
  }
}
