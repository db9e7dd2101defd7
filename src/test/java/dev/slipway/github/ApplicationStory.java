package dev.slipway.github;

import dev.slipway.delivery.ApplicationRepository;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.version.CommitSha;
import org.junit.jupiter.api.AfterEach;

/// An application repository on GitHub with two commits, and a token that may release it.
abstract class ApplicationStory {
  final FakeGitHub gitHub = FakeGitHub.start();
  final FakeRepository repository = gitHub.repository("acme/shop");
  final CommitSha first = new CommitSha(commit("feat: start", "one.txt"));
  final CommitSha second = new CommitSha(commit("fix: it", "two.txt"));
  final ApplicationRepository home = with(Grant.CONTENTS);

  String commit(String message, String path) {
    return repository.commit("main", message, path, message);
  }

  ApplicationRepository with(Grant grant) {
    return LedgerWorld.application(gitHub, grant);
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  CommitSha head() {
    return new CommitSha(repository.head("main"));
  }
}
