package dev.slipway.registry.archive;

import dev.slipway.registry.archive.TarEntry.File;
import dev.slipway.registry.archive.TarEntry.Folder;
import dev.slipway.registry.archive.TarEntry.Link;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where everything is in a tar file.
///
/// @param entries by normalised name
/// @param ended whether the mark at the end is there; without it the file may be cut off
record TarIndex(Map<String, TarEntry> entries, boolean ended) implements ImageFiles {
  @Override
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /// The file under `name`, links followed inside the archive.
  @Override
  public Optional<Slice> file(String name) {
    String at = TarName.normalise(name);
    for (int links = 0; links <= Limits.LINKS; links++) {
      Optional<TarEntry> entry = Optional.ofNullable(entries.get(at));
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      switch (entry.get()) {
        case File file -> {
          return Optional.of(file.content());
        }
        case Folder _ -> throw TarProblems.notAFile(name);
        case Link link -> at = link.target();
      }
    }
    throw TarProblems.linksWithoutEnd(name);
  }

  /// The names at the top.
  SequencedSet<String> topLevel() {
    return first(entries.keySet().stream().map(name -> name.split("/", 2)[0]));
  }

  /// Folders at the top that hold an entry called `name`.
  SequencedSet<String> foldersWith(String name) {
    return first(topLevel().stream().filter(folder -> entries.containsKey(folder + "/" + name)));
  }

  private static SequencedSet<String> first(Stream<String> names) {
    return names.distinct().limit(10).collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
