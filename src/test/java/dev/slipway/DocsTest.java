package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages that people read: where their links lead, and whether they quote the errors rightly.
class DocsTest {
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"));
        Stream<Path> root = Files.list(Path.of("."))) {
      return Stream.concat(docs, root)
          .filter(file -> file.toString().endsWith(".md"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    List<String> dead =
        LINK.matcher(Files.readString(page))
            .results()
            .filter(link -> !leadsSomewhere(page, link.group(1), link.group(2)))
            .map(link -> link.group())
            .toList();

    assertThat(dead).isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String file, @Nullable String anchor) {
    Path target = file.isEmpty() ? page : page.resolveSibling(file);
    return Files.exists(target)
        && (anchor == null
            || text(target)
                .lines()
                .filter(line -> line.startsWith("#"))
                .anyMatch(line -> anchor(line).equals(anchor)));
  }

  /// As GitHub makes one of a heading.
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 _-]", "")
        .replace(' ', '-');
  }

  static Stream<String> errors() {
    return text(Path.of("docs/troubleshooting.md"))
        .lines()
        .filter(line -> line.startsWith("## "))
        .map(line -> line.substring(3));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void everyErrorIsQuotedAsItIsSaid(String title) throws IOException {
    String said = texts("src/main/java", ".java") + texts("test-fixtures/inputs", "problems.txt");

    assertThat(Arrays.stream(title.split("\\.\\.\\.")).map(String::strip))
        .allSatisfy(part -> assertThat(said).contains(part));
  }

  private static String texts(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .map(DocsTest::text)
          .collect(Collectors.joining());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
