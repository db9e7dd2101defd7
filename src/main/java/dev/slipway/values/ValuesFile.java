package dev.slipway.values;

import dev.slipway.problem.ActionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A file of the GitOps repository in which single scalars can be replaced. Immutable.
public final class ValuesFile {
  private static final Pattern TAB_NEXT = Pattern.compile(" *+\\t");

  private final FileText file;
  private final FileContent content;
  private final Format format;
  private final List<Node> documents;

  private ValuesFile(FileText file, FileContent content, Format format, List<Node> documents) {
    this.file = file;
    this.content = content;
    this.format = format;
    this.documents = documents;
  }

  /// Reads a file.
  ///
  /// @param path for messages, and to know the format: `*.json`; `.env`, `*.env` and `.env.*`;
  ///   otherwise YAML
  /// @throws ActionException when it cannot be edited safely: larger than 1 MiB, not UTF-8, a Git
  ///   LFS pointer, not of its format, nested deeper than 100 levels, an alias bomb
  public static ValuesFile parse(String path, FileContent content) {
    FileText file = FileText.of(path, content);
    Format format = Format.of(path);
    try {
      return new ValuesFile(file, content, format, format.read(file.text()));
    } catch (UnreadableException e) {
      throw new ActionException("`%s` cannot be edited".formatted(path), e.why(), e.fix());
    }
  }

  /// The value at `key` as text: what a parser makes of it before it guesses a type.
  ///
  /// @throws ActionException when there is no such scalar, or it is no safe target: an alias, a
  ///   value that others refer to, a block of lines, a template, a variable
  public String get(KeyPath key) {
    return target(key).value();
  }

  /// The file with the scalar at `key` replaced; every other byte stays. The same file when the
  /// value is there already, and every reader takes it for a text.
  ///
  /// @throws ActionException as [#get], and when `value` is not one line of visible text
  public ValuesFile with(KeyPath key, String value) {
    Node.Scalar old = target(key);
    if (old.value().equals(value) && format.readsAsText(old)) {
      return this;
    }
    refuseUnwritable(key, value);
    return edited(key, old, value);
  }

  /// The digest that stands beside the image tag at `key`, if one does. Where both are given, the
  /// digest decides which image runs: in
  /// [kustomize](https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/), in
  /// most charts, and in a reference `name:tag@digest` itself.
  public Optional<KeyPath> digestBeside(KeyPath key) {
    return key.beside(ValuesFile::digestOf)
        .filter(path ->
            new ScalarFinder(file, documents, path)
                .peek()
                .filter(scalar -> scalar.value().contains("sha256:"))
                .isPresent());
  }

  private static Optional<String> digestOf(String tag) {
    return switch (tag) {
      case "tag", "newTag" -> Optional.of("digest");
      default ->
          tag.endsWith("Tag")
              ? Optional.of(tag.substring(0, tag.length() - "Tag".length()) + "Digest")
              : Optional.empty();
    };
  }

  public FileContent content() {
    return content;
  }

  private Node.Scalar target(KeyPath key) {
    return new ScalarFinder(file, documents, key).find();
  }

  private void refuseUnwritable(KeyPath key, String value) {
    NewValue.objection(value)
        .or(() -> format.objection(value))
        .ifPresent(why -> {
          throw new ActionException(
              "The new value of `%s` in `%s` cannot be written".formatted(key, file.path()),
              why,
              "Correct the value that `gitops-update` gives for this key.");
        });
  }

  private ValuesFile edited(KeyPath key, Node.Scalar old, String value) {
    String before = file.text().substring(0, old.place().start());
    String replaced = file.text().substring(old.place().start(), old.end());
    String written = format.written(old, value);
    if (isTabNext(old) && getsQuotes(old, written) && !format.allowsTabBehindQuotes()) {
      throw noRoomForQuotes(key, old);
    }
    String text = before + written + file.text().substring(old.end());
    FileContent edited = FileContent.of(text);
    List<Node> nodes = readAgain(key, old, text);
    boolean proved =
        new EditCheck(format, old, value).onlyTargetDiffers(documents, nodes)
            && EditCheck.keepsOtherBytes(content, edited, utf8Length(before), utf8Length(replaced));
    if (!proved) {
      throw unproved(key, old);
    }
    return new ValuesFile(new FileText(file.path(), text), edited, format, nodes);
  }

  private boolean isTabNext(Node.Scalar old) {
    return TAB_NEXT.matcher(file.text()).region(old.end(), file.text().length()).lookingAt();
  }

  private static boolean getsQuotes(Node.Scalar old, String written) {
    return switch (old.style()) {
      case PLAIN, MISSING -> written.endsWith("\"");
      case SINGLE_QUOTED, DOUBLE_QUOTED, BLOCK -> false;
    };
  }

  private ActionException noRoomForQuotes(KeyPath key, Node.Scalar old) {
    return new ActionException(
        "`%s` in `%s` has no room for quotes".formatted(key, file.path()),
        "line %d: a tab follows the value, which needs quotes now; not every reader allows a tab behind them"
            .formatted(old.place().line()),
        "Replace the tab by blanks.");
  }

  private List<Node> readAgain(KeyPath key, Node.Scalar old, String text) {
    try {
      return format.read(text);
    } catch (UnreadableException e) {
      throw unproved(key, old);
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private ActionException unproved(KeyPath key, Node.Scalar old) {
    String line = "line " + old.place().line() + ": ";
    if (old.isBlank()) {
      return new ActionException(
          "`%s` in `%s` has no value to replace".formatted(key, file.path()),
          line + "the key stands there without a colon to put one behind",
          "Write the key with a value: `%s: \"\"`.".formatted(key.segments().getLast()));
    }
    return new ActionException(
        "`%s` in `%s` was not replaced".formatted(key, file.path()),
        line
            + "the edit would have changed more than this one value; nothing was written. This is a bug of Slipway",
        "Report it with the lines around this one; until then write the value in double quotes on the line of its key.");
  }
}
