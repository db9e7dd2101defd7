package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangelogTest {
  private static final URI REPOSITORY = URI.create("https://github.com/acme/shop");
  private static final String IMAGE = "ghcr.io/acme/shop:1.3.0@sha256:" + "d".repeat(64);

  @Test
  void groupsChangesByWeight() {
    Changelog changelog =
        changelog(
            "docs: correct the spelling of CHANGELOG",
            "feat(auth): add the login (#12)",
            "fix: keep `a_b` as it is, thanks to @octocat, see #7",
            "perf(db)!: drop the old index\n\nBREAKING CHANGE: run `migrate`\nonce.\n\nNot twice.",
            "Edit things",
            "fix(ui)!: remove *all* of <b>it</b>",
            "Merge branch 'main' into topic");

    assertThat(changelog.markdown())
        .isEqualTo(
            """
            ### Breaking changes

            - **perf(db):** drop the old index (0000004)
              - run `migrate` once.
            - **ui:** remove \\*all\\* of \\<b\\>it\\</b\\> (0000006)

            ### Features

            - **auth:** add the login (#12) (0000002)

            ### Fixes

            - keep `a_b` as it is, thanks to `@octocat`, see #7 (0000003)

            ### Other changes

            - **docs:** correct the spelling of CHANGELOG (0000001)
            - Edit things (0000005)

            **Image**: `ghcr.io/acme/shop:1.3.0@sha256:%s`

            **Full changelog**: https://github.com/acme/shop/compare/v1.2.3...v1.3.0
            """
                .formatted("d".repeat(64)));
  }

  @Test
  void theSameChangesGiveTheSameText() {
    String[] messages = {"feat: a", "fix: b", "docs: c"};

    assertThat(changelog(messages).markdown()).isEqualTo(changelog(messages).markdown());
  }

  @Test
  void theFirstReleaseLinksItsCommits() {
    Changelog changelog =
        new Changelog(changes("feat: a"), REPOSITORY, Optional.empty(), "v0.1.0", List.of());

    assertThat(changelog.markdown())
        .endsWith("(0000001)\n\n**Full changelog**: https://github.com/acme/shop/commits/v0.1.0\n");
  }

  @Test
  void linksTagsWhateverTheyAreCalled() {
    Changelog changelog =
        new Changelog(
            List.of(), REPOSITORY, Optional.of("web app/v1.0.0"), "web app/#2%", List.of());

    assertThat(changelog.markdown())
        .isEqualTo(
            """
            Nothing was changed.

            **Full changelog**: https://github.com/acme/shop/compare/web%20app/v1.0.0...web%20app/%232%25
            """);
  }

  @Test
  void saysWhatBreaksOnlyOnce() {
    assertThat(changelog("feat!: drop it\n\nBREAKING CHANGE: drop it").markdown())
        .contains("- drop it (0000001)\n\n");
    assertThat(changelog("BREAKING CHANGE: drop it").markdown())
        .contains("- BREAKING CHANGE: drop it (0000001)\n\n");
  }

  @Test
  void fitsAReleasePage() {
    String[] messages =
        IntStream.range(0, 1_500)
            .mapToObj(
                i -> (i % 2 == 0 ? "feat: " : "docs: ") + "something of some length ".repeat(5))
            .toArray(String[]::new);

    String markdown = changelog(messages).markdown();

    assertThat(markdown.length()).isBetween(124_000, 125_000);
    assertThat(markdown)
        .containsPattern("\\*[0-9]+ more are left out: .*\\*\n\n\\*\\*Image\\*\\*: ")
        .endsWith("compare/v1.2.3...v1.3.0\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {330, 340, 360, 400, 450, 500, 600, 800, 1000, 1200, 1400})
  void isCutAtALineWhateverTheLimit(int limit) {
    String[] messages =
        IntStream.range(0, 30)
            .mapToObj(i -> List.of("feat: \ud83d\ude80 a" + i, "fix!: b\n\nBREAKING CHANGE: c" + i))
            .flatMap(List::stream)
            .toArray(String[]::new);
    Changelog changelog = changelog(messages);
    String all = changelog.markdown();

    String cut = changelog.markdown(limit);

    assertThat(cut.length()).isLessThanOrEqualTo(limit);
    String list = cut.substring(0, cut.indexOf("\n*"));
    assertThat(all).startsWith(list);
    long shown = cut.lines().filter(line -> line.startsWith("- ")).count();
    assertThat(cut).contains("*%d more are left out".formatted(messages.length - shown));
    assertThat(cut).doesNotContainPattern("###[^\n]*\n\n(?!- )");
  }

  @Test
  void oneCommitDoesNotFillThePage() {
    String markdown = changelog("feat: " + "\ud83d\ude80".repeat(200_000), "fix: b").markdown();

    assertThat(markdown).contains("\ud83d\ude80... (0000001)").contains("- b (0000002)");
    assertThat(markdown.length()).isLessThan(2_000);
  }

  private static Changelog changelog(String... messages) {
    return new Changelog(
        changes(messages), REPOSITORY, Optional.of("v1.2.3"), "v1.3.0", List.of(IMAGE));
  }

  private static List<Change> changes(String... messages) {
    List<Commit> commits =
        IntStream.range(0, messages.length)
            .mapToObj(i ->
                new Commit(new CommitSha("%07d".formatted(i + 1) + "a".repeat(33)), messages[i]))
            .toList();
    return Judgement.of(commits).changes();
  }

  @Test
  void completesNotesThatArePresent() {
    Changelog notes =
        new Changelog(
            List.of(),
            URI.create("https://github.com/acme/shop"),
            Optional.of("v1.0.0"),
            "v1.0.1",
            List.of("ghcr.io/acme/shop:1.0.1@sha256:new"));

    assertThat(notes.completing("By hand.\n"))
        .isEqualTo("By hand.\n\n**Image**: `ghcr.io/acme/shop:1.0.1@sha256:new`\n");
    assertThat(notes.completing(notes.completing("By hand.\n")))
        .isEqualTo(notes.completing("By hand.\n"));
    assertThat(notes.completing("\n**Image**: `ghcr.io/acme/shop:1.0.1@sha256:old`\r\n$1"))
        .isEqualTo("\n**Image**: `ghcr.io/acme/shop:1.0.1@sha256:new`\r\n$1");
    assertThat(notes.completing("x\n\n**Full changelog**: y"))
        .isEqualTo(
            "x\n\n" + "**Image**: `ghcr.io/acme/shop:1.0.1@sha256:new`\n\n**Full changelog**: y");
    assertThat(notes.completing("")).isEqualTo(notes.markdown());
    assertThat(notes.completing("x".repeat(124_990))).isEqualTo("x".repeat(124_990));
  }
}
