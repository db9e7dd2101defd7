package dev.slipway.delivery;

import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.template.Template;
import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Inputs as a workflow gives them, put together step by step.
public final class SampleInputs {
  public static final String FILE = "apps/shop/values.yaml";

  private final List<Inputs.Component> components = new ArrayList<>();
  private final List<ValueUpdate> updates = new ArrayList<>();
  private final Map<String, FileContent> bootstrap = new LinkedHashMap<>();
  private RepositoryName gitOpsRepository = RepositoryName.parse("acme/gitops");
  private GitOpsDelivery delivery = GitOpsDelivery.PULL_REQUEST;
  private PullRequestSettings pullRequest = PullRequestSettings.NONE;
  private OnSuperseded onSuperseded = OnSuperseded.SKIP;
  private Optional<Inputs.ArgoCd> argoCd = Optional.empty();
  private boolean registry = true;
  private Optional<Releasing> releasing = Optional.empty();
  private Optional<String> branch = Optional.empty();
  private boolean dryRun;
  private Operation operation = new Operation.Deploy(false);
  private Optional<String> environment = Optional.empty();

  /// One image, `acme/shop`.
  public static SampleInputs tagged(String tag, String... extraTags) {
    SampleInputs inputs = new SampleInputs();
    inputs.components.add(
        new Inputs.Component(
            Optional.empty(),
            Optional.of("acme/shop"),
            Optional.of(new ImageSource.Archive("image.tar", Path.of("/w/image.tar"))),
            Optional.empty(),
            Template.parse(tag),
            Stream.of(extraTags).map(Template::parse).toList()));
    return inputs;
  }

  /// Components without an image of their own yet.
  public static SampleInputs ofComponents() {
    return new SampleInputs();
  }

  SampleInputs component(String name, String repository, String tag) {
    components.add(
        new Inputs.Component(
            Optional.of(name),
            Optional.of(repository),
            Optional.of(new ImageSource.Archive(name + ".tar", Path.of("/w/" + name + ".tar"))),
            Optional.empty(),
            Template.parse(tag),
            List.of()));
    return this;
  }

  /// A tag and nothing else: no registry, nothing to push.
  public static SampleInputs ofTag(String tag) {
    SampleInputs inputs = new SampleInputs();
    inputs.registry = false;
    inputs.components.add(
        new Inputs.Component(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.<Digest>empty(),
            Template.parse(tag),
            List.of()));
    return inputs;
  }

  public SampleInputs update(String key, String value) {
    return update(FILE, key, value);
  }

  public SampleInputs update(String file, String key, String value) {
    updates.add(new ValueUpdate(file, KeyPath.parse(key), Template.parse(value)));
    return this;
  }

  SampleInputs bootstrap(String path, String content) {
    bootstrap.put(path, FileContent.of(content));
    return this;
  }

  public SampleInputs in(RepositoryName repository) {
    gitOpsRepository = repository;
    return this;
  }

  SampleInputs releasing(Releasing wanted) {
    releasing = Optional.of(wanted);
    return this;
  }

  public SampleInputs byCommit() {
    delivery = GitOpsDelivery.COMMIT;
    return this;
  }

  /// By a pull request from a branch of this name.
  public SampleInputs from(String headBranch) {
    branch = Optional.of(headBranch);
    return this;
  }

  SampleInputs waitingForTheMerge() {
    pullRequest =
        new PullRequestSettings(
            Duration.ofMinutes(30), false, List.of(), List.of(), List.of(), List.of());
    return this;
  }

  SampleInputs failWhenSuperseded() {
    onSuperseded = OnSuperseded.FAIL;
    return this;
  }

  SampleInputs withArgoCd(String application) {
    argoCd =
        Optional.of(
            new Inputs.ArgoCd(
                URI.create("https://argocd.example.com"),
                new Secret("token"),
                List.of(ApplicationName.parse(application)),
                false,
                Duration.ofMinutes(15)));
    return this;
  }

  SampleInputs notedIn(String name) {
    environment = Optional.of(name);
    return this;
  }

  /// To the previous good delivery.
  SampleInputs back() {
    operation = new Operation.Rollback(Optional.empty());
    return this;
  }

  SampleInputs backTo(String name) {
    operation = new Operation.Rollback(Optional.of(name));
    return this;
  }

  SampleInputs rollingBackOnFailure() {
    operation = new Operation.Deploy(true);
    return this;
  }

  SampleInputs dryRun() {
    dryRun = true;
    return this;
  }

  public Inputs build() {
    return build(access());
  }

  /// With these tokens.
  public Inputs build(Inputs.Access access) {
    return new Inputs(
        operation,
        new Inputs.Versioning("v", Optional.empty(), releasing),
        components,
        registry ? Optional.of(new RegistryChoice.Ghcr()) : Optional.empty(),
        false,
        Attestations.KEEP,
        updates.isEmpty() ? Optional.empty() : Optional.of(gitOps()),
        Optional.empty(),
        Optional.empty(),
        environment,
        access,
        dryRun);
  }

  private Inputs.GitOps gitOps() {
    return new Inputs.GitOps(
        gitOpsRepository,
        Optional.empty(),
        delivery,
        List.copyOf(updates),
        bootstrap,
        new Inputs.Message(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            branch,
            Optional.of(MergeMethod.SQUASH)),
        pullRequest,
        onSuperseded,
        argoCd);
  }

  private static Inputs.Access access() {
    return new Inputs.Access(
        Optional.empty(),
        Optional.empty(),
        URI.create("https://api.github.com"),
        Optional.empty(),
        new Inputs.Aws(Optional.empty(), Optional.empty(), Optional.empty()));
  }
}
