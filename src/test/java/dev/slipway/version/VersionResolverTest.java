package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionResolverTest {
  private static final CommitSha OLDER = sha("1");
  private static final CommitSha HEAD = sha("a1b2c3d");
  private static final CommitSha ELSEWHERE = sha("e");

  @Test
  void takesTheTagOnTheCommit() {
    ResolvedVersion version = resolve("v", tag("v1.2.3", HEAD), tag("v9.0.0", OLDER));

    assertThat(version.text()).isEqualTo("1.2.3");
    assertThat(version.tag()).contains(tag("v1.2.3", HEAD));
  }

  @Test
  void takesTheHighestOfSeveralTagsOnTheCommitByPrecedence() {
    ResolvedVersion version =
        resolve("v", tag("v1.9.0", HEAD), tag("v1.10.0", HEAD), tag("v1.10.0-rc.1", HEAD));

    assertThat(version.text()).isEqualTo("1.10.0");
    assertThat(version.why()).contains("chosen of 3");
  }

  @Test
  void theTagOfTheEventWins() {
    ResolvedVersion version =
        resolver("v", Optional.empty(), tag("v1.9.0", HEAD), tag("v1.10.0", HEAD))
            .resolve(HEAD, Optional.of("v1.9.0"));

    assertThat(version.text()).isEqualTo("1.9.0");
  }

  @Test
  void theTagOfTheEventWinsAlsoWithoutThePrefix() {
    ResolvedVersion version =
        resolver("v", Optional.empty(), tag("v1.9.0", HEAD), tag("1.8.0", HEAD))
            .resolve(HEAD, Optional.of("1.8.0"));

    assertThat(version.text()).isEqualTo("1.8.0");
  }

  @Test
  void anUntaggedCommitGetsTheBaseAndSevenDigits() {
    ResolvedVersion version = resolve("v", tag("v1.2.3", OLDER), tag("v1.2.10", OLDER));

    assertThat(version.text()).isEqualTo("1.2.10-a1b2c3d");
    assertThat(version.base()).hasToString("1.2.10");
    assertThat(version.tag()).isEmpty();
  }

  @Test
  void tagsWithThePrefixComeBeforeBareOnes() {
    assertThat(resolve("v", tag("v1.0.0", OLDER), tag("2.0.0", OLDER)).text())
        .isEqualTo("1.0.0-a1b2c3d");
    assertThat(resolve("v", tag("2.0.0", OLDER)).text()).isEqualTo("2.0.0-a1b2c3d");
    assertThat(resolve("v", tag("v1.0.0", OLDER), tag("2.0.0", HEAD)).text()).isEqualTo("2.0.0");
  }

  @Test
  void prefixesOfAMonorepoNeverSeeEachOther() {
    GitTag api = tag("api-v3.0.0", OLDER);
    GitTag bare = tag("4.0.0", OLDER);
    GitTag web = tag("web-v2.0.0", OLDER);

    assertThat(resolve("web-v", api, bare, web).text()).isEqualTo("2.0.0-a1b2c3d");
    assertThat(resolve("v", api, web, tag("v1.0.0", OLDER)).text()).isEqualTo("1.0.0-a1b2c3d");
    assertThatThrownBy(() -> resolve("job-v", api, bare, web)).isInstanceOf(ActionException.class);
  }

  @Test
  void aTagOfAnotherBranchIsNoBase() {
    ResolvedVersion version = resolve("v", tag("v2.0.0", ELSEWHERE), tag("v1.4.2", OLDER));

    assertThat(version.text()).isEqualTo("1.4.2-a1b2c3d");
  }

  @Test
  void preReleasesAndOtherNamesAreNoBase() {
    ResolvedVersion version =
        resolve(
            "v",
            tag("v2.0.0-rc.1", OLDER),
            tag("v1.5", OLDER),
            tag("version1.6.0", OLDER),
            tag("v1.4.2", OLDER));

    assertThat(version.text()).isEqualTo("1.4.2-a1b2c3d");
  }

  @Test
  void withoutABaseItSaysHowToMakeTheFirstTag() {
    assertThatThrownBy(() -> resolve("v", tag("v2.0.0", ELSEWHERE), tag("nightly", OLDER)))
        .isInstanceOfSatisfying(
            ActionException.class,
            e -> {
              assertThat(e.problems()).hasSize(1);
              assertThat(e.problems().getFirst().why()).contains("2 tags, 1 of them");
              assertThat(e.problems().getFirst().fix())
                  .contains("git tag v0.1.0 a1b2c3d && git push origin v0.1.0")
                  .contains("initial-version");
            });
  }

  @Test
  void startsFromTheInitialVersionWhereThereIsNoBase() {
    ResolvedVersion version =
        resolver("v", SemanticVersion.parse("0.1.0")).resolve(HEAD, Optional.empty());

    assertThat(version.text()).isEqualTo("0.1.0-a1b2c3d");
  }

  @Test
  void doesNotTakeTheLimitOfItsQuestionsForAnAnswer() {
    GitTag[] tags =
        Stream.concat(
                IntStream.range(0, 101).mapToObj(patch -> tag("v2.0." + patch, ELSEWHERE)),
                Stream.of(tag("v1.2.3", OLDER)))
            .toArray(GitTag[]::new);

    assertThatThrownBy(() ->
            resolver("v", SemanticVersion.parse("0.1.0"), tags).resolve(HEAD, Optional.empty()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("none of the 100 highest");
  }

  @Test
  void asksOnlyUntilTheFirstReachableTag() {
    List<String> asked = new ArrayList<>();
    TagHistory history =
        new TagHistory() {
          @Override
          public List<GitTag> tags() {
            return List.of(tag("v1.0.0", OLDER), tag("v1.1.0", OLDER), tag("v1.2.0", ELSEWHERE));
          }

          @Override
          public boolean isAncestor(CommitSha ancestor, CommitSha commit) {
            asked.add(ancestor.value());
            return ancestor.equals(OLDER);
          }
        };

    new VersionResolver(history, "v", Optional.empty()).resolve(HEAD, Optional.empty());

    assertThat(asked).containsExactly(ELSEWHERE.value(), OLDER.value());
  }

  private static ResolvedVersion resolve(String prefix, GitTag... tags) {
    return resolver(prefix, Optional.empty(), tags).resolve(HEAD, Optional.empty());
  }

  private static VersionResolver resolver(
      String prefix, Optional<SemanticVersion> initial, GitTag... tags) {
    TagHistory history =
        new TagHistory() {
          @Override
          public List<GitTag> tags() {
            return Arrays.asList(tags);
          }

          @Override
          public boolean isAncestor(CommitSha ancestor, CommitSha commit) {
            return !ancestor.equals(ELSEWHERE);
          }
        };
    return new VersionResolver(history, prefix, initial);
  }

  private static GitTag tag(String name, CommitSha commit) {
    return new GitTag(name, commit);
  }

  private static CommitSha sha(String start) {
    return new CommitSha(start + "0".repeat(40 - start.length()));
  }
}
