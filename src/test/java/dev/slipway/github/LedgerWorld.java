package dev.slipway.github;

import dev.slipway.delivery.ApplicationRepository;
import dev.slipway.delivery.DeliveryRecord;
import dev.slipway.delivery.DeliveryRecord.Image;
import dev.slipway.delivery.DeploymentLedger;
import dev.slipway.delivery.DeploymentLedger.Note;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.image.Tag;
import dev.slipway.sandbox.FakeGitHub;
import dev.slipway.sandbox.FakeGitHub.Grant;
import dev.slipway.sandbox.FakeRepository;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A GitHub with one application repository, whose deployments are noted there.
final class LedgerWorld implements AutoCloseable {
  static final String TARGET = "gitops acme/gitops";
  static final URI RUN = URI.create("https://github.com/acme/shop/actions/runs/77");

  final FakeGitHub gitHub = FakeGitHub.start();
  final FakeRepository repository = gitHub.repository("acme/shop");
  final String commit = repository.commit("main", "feat: start", "one.txt", "1");
  final DeploymentLedger ledger = with(Grant.WRITE);

  /// The ledger with another right.
  DeploymentLedger with(Grant grant) {
    return application(gitHub, grant).ledger();
  }

  /// The repository `acme/shop` through a token that has a right to it.
  static ApplicationRepository application(FakeGitHub gitHub, Grant grant) {
    gitHub.grant("ghs_app", "acme/shop", grant);
    return new GitHubApi(
            gitHub.apiUrl(), Optional.of(new Secret("ghs_app")), Patience.USUAL, new StoppedClock())
        .applicationRepository(RepositoryName.parse("acme/shop"));
  }

  /// A delivery of `version` to `staging`.
  Note note(String version) {
    return new Note(
        "staging",
        TARGET,
        new DeliveryRecord(
            new CommitSha(commit),
            Optional.of(version),
            List.of(image(version)),
            List.of(),
            Optional.empty()),
        "77",
        RUN,
        false);
  }

  static Image image(String tag) {
    return new Image(Optional.empty(), Optional.empty(), List.of(new Tag(tag)), Optional.empty());
  }

  @Override
  public void close() {
    gitHub.close();
  }
}
