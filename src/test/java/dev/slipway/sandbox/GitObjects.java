package dev.slipway.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Git's objects in memory, under the names that git itself gives them.
final class GitObjects {
  static final int FILE = 0100644;
  static final int DIRECTORY = 0040000;

  /// A file in a tree.
  record Entry(int mode, String blob) {}

  /// A commit with its whole tree, by path.
  record Commit(
      String id,
      SortedMap<String, Entry> files,
      List<String> parents,
      String message,
      boolean verified,
      Instant date) {}

  private final Map<String, byte[]> blobs = new HashMap<>();
  private final Map<String, Commit> commits = new HashMap<>();
  private final Map<String, String> tags = new HashMap<>();
  private final Map<String, SortedMap<String, Entry>> trees = new HashMap<>();
  private long clock = 1_700_000_000;

  String blob(byte[] content) {
    String id = name("blob", content);
    blobs.put(id, content.clone());
    return id;
  }

  Optional<byte[]> content(String blob) {
    return Optional.ofNullable(blobs.get(blob)).map(byte[]::clone);
  }

  Commit commit(
      SortedMap<String, Entry> files, List<String> parents, String message, boolean verified) {
    clock++;
    StringBuilder text = new StringBuilder("tree " + tree(files) + "\n");
    parents.forEach(parent -> text.append("parent ").append(parent).append('\n'));
    text.append("author Sandbox <sandbox@example.com> %d +0000\n".formatted(clock));
    text.append("committer Sandbox <sandbox@example.com> %d +0000\n\n".formatted(clock));
    text.append(message);
    String id = name("commit", text.toString().getBytes(StandardCharsets.UTF_8));
    Commit commit =
        new Commit(
            id,
            new TreeMap<>(files),
            List.copyOf(parents),
            message,
            verified,
            Instant.ofEpochSecond(clock));
    commits.put(id, commit);
    keepTree(files);
    return commit;
  }

  Optional<Commit> find(String commit) {
    return Optional.ofNullable(commits.get(commit));
  }

  Commit get(String commit) {
    return find(commit).orElseThrow();
  }

  /// Makes an annotated tag: an object of its own.
  String tag(String name, String commit) {
    String text =
        "object %s\ntype commit\ntag %s\ntagger Sandbox <sandbox@example.com> %d +0000\n\n%s\n"
            .formatted(commit, name, ++clock, name);
    String id = name("tag", text.getBytes(StandardCharsets.UTF_8));
    tags.put(id, commit);
    return id;
  }

  boolean isTag(String id) {
    return tags.containsKey(id);
  }

  /// The commit that `id` is, or that the annotated tag `id` points at.
  String peeled(String id) {
    return tags.getOrDefault(id, id);
  }

  /// Makes the tree of these files known under its name.
  String keepTree(SortedMap<String, Entry> files) {
    String id = tree(files);
    trees.put(id, new TreeMap<>(files));
    return id;
  }

  /// The files of a tree of a whole commit.
  SortedMap<String, Entry> files(String tree) {
    return Optional.ofNullable(trees.get(tree))
        .orElseThrow(() -> GitHubRefusal.unprocessable("tree is not a valid tree"));
  }

  /// The tree of a directory, the whole one for the empty prefix.
  String tree(SortedMap<String, Entry> files) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    Map<String, SortedMap<String, Entry>> directories = new HashMap<>();
    files.forEach((path, entry) -> {
      int slash = path.indexOf('/');
      if (slash < 0) {
        entries.put(path, entry(entry.mode(), path, entry.blob()));
      } else {
        directories
            .computeIfAbsent(path.substring(0, slash), _ -> new TreeMap<>())
            .put(path.substring(slash + 1), entry);
      }
    });
    // Git sorts a directory as if its name ended with a slash.
    directories.forEach(
        (name, below) -> entries.put(name + "/", entry(DIRECTORY, name, tree(below))));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    entries.values().forEach(body::writeBytes);
    return name("tree", body.toByteArray());
  }

  private static byte[] entry(int mode, String name, String id) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes(
        (Integer.toOctalString(mode) + " " + name + "\0").getBytes(StandardCharsets.UTF_8));
    entry.writeBytes(HexFormat.of().parseHex(id));
    return entry.toByteArray();
  }

  /// `commit` and everything it builds on, nearest first.
  Set<String> history(String commit) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(commit));
    while (!open.isEmpty()) {
      String next = open.removeFirst();
      if (reached.add(next)) {
        open.addAll(get(next).parents());
      }
    }
    return reached;
  }

  /// A nearest common ancestor.
  Optional<String> mergeBase(String left, String right) {
    Set<String> others = history(right);
    return history(left).stream().filter(others::contains).findFirst();
  }

  /// The paths at which two trees differ.
  static Set<String> difference(SortedMap<String, Entry> left, SortedMap<String, Entry> right) {
    Set<String> paths = new HashSet<>(left.keySet());
    paths.addAll(right.keySet());
    paths.removeIf(
        path -> Optional.ofNullable(left.get(path)).equals(Optional.ofNullable(right.get(path))));
    return paths;
  }

  private static String name(String type, byte[] body) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update((type + " " + body.length + "\0").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha1.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
