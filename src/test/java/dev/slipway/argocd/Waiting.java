package dev.slipway.argocd;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.argocd.ArgoCdLiveCheck.Surroundings;
import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.Expectation;
import dev.slipway.delivery.Expectation.Delivered;
import dev.slipway.delivery.Expectation.Image;
import dev.slipway.delivery.FakeTicker;
import dev.slipway.delivery.LiveCheck.Result;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.SilentProgress;
import dev.slipway.delivery.Ticker;
import dev.slipway.image.ImageName;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A wait for the commit [#OURS] with the image [#NEW], against a scripted Argo CD.
final class Waiting implements AutoCloseable {
  static final String BEFORE = "1".repeat(40);
  static final String OURS = "2".repeat(40);
  static final String LATER = "3".repeat(40);
  static final String LATEST = "4".repeat(40);
  static final String UNKNOWN = "f".repeat(40);
  static final String NEW = "ghcr.io/acme/shop:1.3.0";
  static final String OLD = "ghcr.io/acme/shop:1.2.0";
  static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.c2xpcHdheQ.s3cr3t";

  /// Argo CD has seen the commit, and done nothing yet.
  static final ArgoCdApplication NOTICED = liveAt(BEFORE).outOfSync(OURS).reconciledAt(200);

  /// The commit runs.
  static final ArgoCdApplication LIVE =
      liveAt(BEFORE).synced(OURS).ended("Succeeded", OURS, 210).reconciledAt(211);

  final FakeArgoCd argoCd = FakeArgoCd.start();
  final FakeTicker ticker = new FakeTicker();
  final List<String> log = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  LinearHistory history = LinearHistory.of(BEFORE, OURS, LATER, LATEST);
  List<Image> images = List.of(image("shop", "1.3.0"));
  List<String> applications = List.of("shop");
  String server = argoCd.uri().toString();
  Duration limit = Duration.ofMinutes(15);
  boolean sync;
  Reply managedResources = Reply.ok(ArgoCdApplication.deployment("shop", NEW, NEW));

  /// The application before anything was compared.
  static ArgoCdApplication shop() {
    return ArgoCdApplication.of("shop", "https://github.com/acme/gitops.git");
  }

  /// The application live at a commit, since second 100.
  static ArgoCdApplication liveAt(String revision) {
    return shop()
        .synced(revision)
        .health("Healthy")
        .ended("Succeeded", revision, 100)
        .reconciledAt(100);
  }

  /// The same with a source that is hydrated.
  ///
  /// @param phase of the hydrator
  /// @param dry the commit that it was at last
  /// @param hydrated what it made of that
  static ArgoCdApplication hydrated(
      ArgoCdApplication application, String phase, String dry, String hydrated) {
    return application.with(json -> {
      json.withObject("/spec").remove("source");
      json.withObject("/spec/sourceHydrator/drySource")
          .put("repoURL", "https://github.com/acme/gitops")
          .put("targetRevision", "main")
          .put("path", "shop");
      json.withObject("/spec/sourceHydrator/syncSource")
          .put("targetBranch", "environments/prod")
          .put("path", "shop");
      json.withObject("/status/sourceHydrator/lastSuccessfulOperation")
          .put("drySHA", dry)
          .put("hydratedSHA", hydrated);
      json.withObject("/status/sourceHydrator/currentOperation")
          .put("phase", phase)
          .put("drySHA", phase.equals("Hydrating") ? "" : dry);
    });
  }

  static Image image(String repository, String tag) {
    return new Image(
        new ImageName("ghcr.io", "acme/" + repository).tagged(new Tag(tag)), Optional.empty());
  }

  /// Scripts what the looks at `shop` see.
  Waiting sees(ArgoCdApplication... states) {
    argoCd.application("shop", Arrays.stream(states).map(ArgoCdApplication::text).toList());
    return this;
  }

  /// What `managed-resources` of `shop` says, instead of a Deployment that runs the new image.
  Waiting runs(String resources) {
    managedResources = Reply.ok(resources);
    return this;
  }

  Result await() {
    argoCd.on("managed-resources shop", managedResources);
    return new ArgoCdLiveCheck(
            ArgoCdServer.at(server, new Secret(TOKEN), Pace.of(Ticker.system())),
            history,
            new Surroundings(
                new RecordedProgress(),
                URI.create("https://github.com/acme/shop/actions/runs/7"),
                ticker))
        .await(
            new Expectation(
                new Delivered(
                    "github.com",
                    new RepositoryName("acme", "gitops"),
                    "main",
                    new CommitSha(OURS),
                    List.of()),
                images,
                applications.stream().map(ApplicationName::parse).toList(),
                sync,
                limit));
  }

  /// Waits in vain.
  List<Problem> problems() {
    return catchThrowableOfType(ActionException.class, this::await).problems();
  }

  /// How often `shop` was looked at.
  int looks() {
    return Math.toIntExact(
        argoCd.requests().stream()
            .filter(request -> request.toString().equals("GET /argocd/api/v1/applications/shop"))
            .count());
  }

  /// The syncs that were started, as their bodies.
  List<String> syncs() {
    return argoCd.requests().stream()
        .filter(request -> request.method().equals("POST"))
        .map(FakeArgoCd.Request::body)
        .toList();
  }

  @Override
  public void close() {
    argoCd.close();
  }

  private final class RecordedProgress extends SilentProgress {
    @Override
    public void waiting(String where, String state) {
      log.add(where + ": " + state);
    }

    @Override
    public void warning(String what, String fix) {
      warnings.add(what);
    }
  }
}
