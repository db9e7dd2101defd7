package dev.slipway.sandbox;

import dev.slipway.sandbox.GitObjects.Commit;
import java.util.Comparator;
import java.util.List;

/// All that a repository of [FakeGitHub] holds, as text, so that two of them can be compared. Names
/// of commits are left out: they follow from the rest.
public final class RepositoryText {
  private final FakeRepository repository;
  private final StringBuilder text = new StringBuilder();

  private RepositoryText(FakeRepository repository) {
    this.repository = repository;
  }

  /// Its branches with their commits and files, tags, releases, pull requests and deployments.
  public static String of(FakeRepository repository) {
    RepositoryText told = new RepositoryText(repository);
    told.line("repository %s".formatted(repository.fullName()));
    repository.branches().forEach(told::branch);
    repository
        .tags()
        .forEach((name, commit) -> told.line("tag %s: %s".formatted(name, told.message(commit))));
    repository
        .releases()
        .forEach(release ->
            told.line(
                "release %s of %s, draft %s: %s"
                    .formatted(release.name(), release.tag(), release.draft(), release.body())));
    repository.pullRequests().forEach(told::pullRequest);
    told.line("%d deployments".formatted(repository.deployments().size()));
    return told.text.toString();
  }

  private void branch(String name) {
    GitObjects objects = repository.objects();
    List<Commit> commits =
        objects.history(repository.head(name)).stream()
            .map(objects::get)
            .sorted(Comparator.comparing(Commit::date))
            .toList();
    line("branch %s: %d commits".formatted(name, commits.size()));
    commits.forEach(
        commit -> line("commit, verified %s: %s".formatted(commit.verified(), commit.message())));
    objects
        .get(repository.head(name))
        .files()
        .forEach((path, _) ->
            line("file %s:%n%s".formatted(path, repository.fileAt(name, path).orElseThrow())));
  }

  private String message(String commit) {
    return repository.objects().get(commit).message();
  }

  private void pullRequest(FakePullRequest open) {
    line(
        "pull request %d, %s: %s to %s, auto-merge %s"
            .formatted(
                open.number(),
                open.state(),
                open.headBranch(),
                open.baseBranch(),
                open.autoMerge()));
    line("%s%n%s".formatted(open.title(), open.body()));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
