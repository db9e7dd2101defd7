package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "feat: x                                    | MINOR | its type is feat",
        "feature: x                                 | MINOR | its type is feature",
        "Feat(api): x                               | MINOR | its type is feat",
        "fix: x                                     | PATCH | its type is fix",
        "perf: x                                    | PATCH | its type is perf",
        "revert: x                                  | PATCH | its type is revert",
        "docs: x                                    | NONE  | its type is docs",
        "docs: explain the !: operator              | NONE  | its type is docs",
        "feat!: x                                   | MAJOR | `!` marks a breaking change",
        "chore(deps)!: x                            | MAJOR | `!` marks a breaking change",
        "fix: x\\n\\nBREAKING CHANGE: y             | MAJOR | a footer says BREAKING CHANGE",
        "fix: x\\r\\n\\r\\nBREAKING CHANGE: y       | MAJOR | a footer says BREAKING CHANGE",
        "Rework it\\n\\nBREAKING-CHANGE: y          | MAJOR | a footer says BREAKING CHANGE",
        "BREAKING CHANGE: y                         | MAJOR | a footer says BREAKING CHANGE",
        "BREAKING-CHANGE: y                         | MAJOR | a footer says BREAKING CHANGE",
        "fix: x\\n\\nbreaking change: y             | PATCH | its type is fix; BREAKING CHANGE counts in upper case only",
        "breaking-change: y                         | NONE  | its type is breaking-change; BREAKING CHANGE counts in upper case only",
        "feat:x                                     | NONE  | not conventional: there is no space after the colon",
        "Add a login                                | NONE  | not conventional: the header is not of the form `type(scope): description`",
        "Merge branch 'main' into topic             | NONE  | a merge; the commits it brings are judged themselves",
        "Revert \"feat: x\"                         | PATCH | it undoes an earlier commit",
        "Reapply \"feat: x\"                        | PATCH | it undoes an earlier commit",
      })
  void judgesOneCommit(String message, Bump bump, String why) {
    Judgement judgement = judge(message.translateEscapes());

    Verdict verdict = judgement.verdicts().getFirst();
    assertThat(verdict.bump()).isEqualTo(bump);
    assertThat(verdict.why()).isEqualTo(why);
    assertThat(judgement.bump()).isEqualTo(bump);
  }

  @Test
  void theHeaviestCommitDecidesAndTheFirstOfSeveral() {
    Judgement judgement = judge("fix: a", "feat: b", "docs: c", "feat: d");

    assertThat(judgement.bump()).isEqualTo(Bump.MINOR);
    assertThat(judgement.decisive().map(Verdict::header)).contains("feat: b");
  }

  @Test
  void noCommitAsksForNothing() {
    assertThat(judge().bump()).isEqualTo(Bump.NONE);
    assertThat(judge().counted()).isZero();
  }

  @Test
  void judgesEachMessageThatASquashMergeKept() {
    Judgement judgement =
        judge(
            """
            Add the login (#12)

            * feat(auth): add the form

            With two fields.

            * wip

            * fix: typo

            * refactor: drop the old page

            BREAKING CHANGE: /signin is gone

            ---------

            Co-authored-by: A <a@example.com>
            """);

    Verdict verdict = judgement.verdicts().getFirst();
    assertThat(verdict.bump()).isEqualTo(Bump.MAJOR);
    assertThat(verdict.why())
        .isEqualTo("its body holds `refactor: drop the old page`: a footer says BREAKING CHANGE");
    assertThat(judgement.changes().stream().map(Change::header))
        .containsExactly("feat(auth): add the form", "fix: typo", "refactor: drop the old page");
  }

  @Test
  void aBreakingItemOfASquashMergeCounts() {
    Judgement judgement = judge("Rework it (#12)\n\n* wip\n* BREAKING CHANGE: /v1 is gone");

    assertThat(judgement.bump()).isEqualTo(Bump.MAJOR);
  }

  @Test
  void aSquashMergeIsListedByItsTitleAndWhatWeighsMore() {
    Judgement judgement =
        judge("fix: the login (#12)\n\n* fix: one\n\n* feat: two\n\n* docs: three");

    assertThat(judgement.bump()).isEqualTo(Bump.MINOR);
    assertThat(judgement.changes().stream().map(Change::header))
        .containsExactly("fix: the login (#12)", "feat: two");
  }

  @Test
  void aListInABodyIsNoSquashMerge() {
    Judgement judgement =
        judge("fix: x\n\n* adds y\n* drops z\n  * feat: nested\n- feat: dash\n\nfeat: prose");

    assertThat(judgement.bump()).isEqualTo(Bump.PATCH);
    assertThat(judgement.changes()).hasSize(1);
  }

  @Test
  void thePullRequestsTitleCountsWhereNoCommitCanBeRead() {
    String merge = "Merge pull request #12 from acme/login\n\nfeat: add the login";

    Judgement alone = judge("wip", "more", merge);
    Judgement besideOthers = judge("fix: one field", merge);

    assertThat(alone.bump()).isEqualTo(Bump.MINOR);
    assertThat(alone.verdicts().getLast().why())
        .isEqualTo("the title of the merged pull request: its type is feat");
    assertThat(besideOthers.bump()).isEqualTo(Bump.PATCH);
    assertThat(besideOthers.verdicts().getLast().why())
        .isEqualTo("a merge; the commits it brings are judged themselves");
    assertThat(besideOthers.changes().stream().map(Change::header))
        .containsExactly("fix: one field");
  }

  @Test
  void aRevertAndWhatItUndoesCountForNothing() {
    Judgement judgement =
        judge("feat!: a", "fix: b", "Revert \"feat!: a\"\n\nThis reverts commit " + sha(0) + ".");

    assertThat(judgement.bump()).isEqualTo(Bump.PATCH);
    assertThat(judgement.verdicts().get(0).why()).isEqualTo("undone by 0000002");
    assertThat(judgement.verdicts().get(2).why()).isEqualTo("undoes 0000000");
    assertThat(judgement.changes().stream().map(Change::header)).containsExactly("fix: b");
  }

  @Test
  void aRevertThatIsUndoneUndoesNothing() {
    Judgement judgement =
        judge(
            "feat: a",
            "Revert \"feat: a\"\n\nThis reverts commit " + sha(0) + ".",
            "Reapply \"feat: a\"\n\nThis reverts commit " + sha(1) + ".");

    assertThat(judgement.bump()).isEqualTo(Bump.MINOR);
    assertThat(judgement.verdicts().stream().map(Verdict::bump))
        .containsExactly(Bump.MINOR, Bump.NONE, Bump.NONE);
  }

  @Test
  void aRevertOfAnEarlierReleaseIsAPatch() {
    Judgement judgement =
        judge("docs: a", "Revert \"feat: z\"\n\nThis reverts commit " + sha(99) + ".");

    assertThat(judgement.bump()).isEqualTo(Bump.PATCH);
  }

  @Test
  void theRevertTypeNamesCommitsInAFooter() {
    String revert = "revert: never speak of it again\n\nRefs: %s, %s";
    Judgement both =
        judge("feat: a", "feat: b", revert.formatted(sha(0).value().substring(0, 7), sha(1)));
    Judgement one = judge("feat: a", "feat: b", revert.formatted(sha(0), sha(99)));

    assertThat(both.bump()).isEqualTo(Bump.NONE);
    assertThat(one.verdicts().stream().map(Verdict::bump))
        .containsExactly(Bump.NONE, Bump.MINOR, Bump.PATCH);
  }

  @Test
  void theButtonOfGitHubNamesThePullRequest() {
    Judgement judgement =
        judge(
            "feat: a (#12)",
            "feat: b (#2)",
            "Revert \"feat: a (#12)\" (#13)\n\nReverts acme/shop#12");

    assertThat(judgement.verdicts().stream().map(Verdict::bump))
        .containsExactly(Bump.NONE, Bump.MINOR, Bump.NONE);
  }

  @Test
  void wordsInAnOrdinaryCommitUndoNothing() {
    Judgement judgement = judge("feat: a", "fix: b\n\nThis reverts commit " + sha(0) + ".");

    assertThat(judgement.bump()).isEqualTo(Bump.MINOR);
  }

  @Test
  void onlyCommitsThatTouchThePathCount() {
    List<Commit> commits = commits("feat!: web", "fix: api", "feat: web");

    Judgement judgement = Judgement.of(commits, Set.of(sha(1))::contains);

    assertThat(judgement.bump()).isEqualTo(Bump.PATCH);
    assertThat(judgement.counted()).isEqualTo(1);
    assertThat(judgement.verdicts()).hasSize(3);
    assertThat(judgement.verdicts().getFirst().why())
        .isEqualTo("touches no file of the released path");
    assertThat(judgement.changes().stream().map(Change::header)).containsExactly("fix: api");
  }

  @Test
  void theNewestReleaseAsFooterCounts() {
    Judgement judgement =
        judge(
            "chore: a\n\nRelease-As: 2.0.0",
            "chore: b\n\nrelease-as: 3.0.0",
            "Merge pull request #1 from acme/x\n\nfix: y\n\nRelease-As: 4.0.0",
            "docs: c");

    assertThat(judgement.releaseAs().flatMap(Verdict::releaseAs)).contains("4.0.0");
    assertThat(judgement.verdicts().get(1).releaseAs()).contains("3.0.0");
    assertThat(judge("chore: a").releaseAs()).isEmpty();
  }

  @Test
  @Timeout(10)
  void messagesMadeToBeSlowAreNot() {
    String[] messages = new String[5_000];
    Arrays.fill(messages, "docs: x");
    messages[0] = "feat: x\n\n" + "A: b\n".repeat(200_000);
    messages[1] = "revert: x\n\nRefs: " + "deadbee, ".repeat(200_000);

    Judgement judgement = judge(messages);

    assertThat(judgement.bump()).isEqualTo(Bump.MINOR);
  }

  private static Judgement judge(String... messages) {
    return Judgement.of(commits(messages));
  }

  private static List<Commit> commits(String... messages) {
    return IntStream.range(0, messages.length)
        .mapToObj(i -> new Commit(sha(i), messages[i]))
        .toList();
  }

  private static CommitSha sha(int number) {
    String start = "%07d".formatted(number);
    return new CommitSha(start + "a".repeat(33));
  }
}
