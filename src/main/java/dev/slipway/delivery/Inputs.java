package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.template.Template;
import dev.slipway.values.FileContent;
import dev.slipway.version.SemanticVersion;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the workflow author asked, checked and typed.
public record Inputs(
    Tags tags,
    Optional<Repository> repository,
    Optional<Push> push,
    Optional<Digest> givenDigest,
    Optional<GitOps> gitOps,
    Access access,
    boolean dryRun) {

  /// Every text with placeholders.
  public Stream<Template> templates() {
    return Stream.concat(
        Stream.concat(Stream.of(tags.tag()), tags.extra().stream()),
        gitOps.stream()
            .flatMap(wanted ->
                Stream.concat(
                    wanted.updates().stream().map(ValueUpdate::value),
                    wanted.message().templates())));
  }

  /// Which tags the image gets.
  ///
  /// @param tag template of the image tag
  /// @param extra templates of further tags
  /// @param gitTagPrefix literal prefix of version tags
  /// @param initialVersion the version to start from where no version tag is reachable
  public record Tags(
      Template tag,
      List<Template> extra,
      String gitTagPrefix,
      Optional<SemanticVersion> initialVersion) {}

  /// Where the image lives. Without a push, it is there already.
  public record Repository(RegistryChoice registry, String path) {}

  /// What to push.
  ///
  /// @param create whether a missing ECR repository is created
  public record Push(ImageSource source, boolean create) {}

  /// What to change in the GitOps repository.
  ///
  /// @param branch the base branch; empty: the default branch
  /// @param updates at least one
  /// @param bootstrap path in the GitOps repository to the content it gets where it is absent
  public record GitOps(
      RepositoryName repository,
      Optional<String> branch,
      GitOpsDelivery delivery,
      List<ValueUpdate> updates,
      Map<String, FileContent> bootstrap,
      Message message) {}

  /// Texts and name of the commit and the pull request.
  ///
  /// @param branch the head branch; empty: one stable name per repository, base and files
  /// @param autoMerge empty: off
  public record Message(
      Optional<Template> commit,
      Optional<Template> title,
      Optional<Template> body,
      Optional<String> branch,
      Optional<MergeMethod> autoMerge) {

    Stream<Template> templates() {
      return Stream.of(commit, title, body).flatMap(Optional::stream);
    }
  }

  /// What opens doors. Each token goes only to the host it is for.
  ///
  /// @param gitHubToken for the application repository
  /// @param gitOpsToken for the GitOps repository
  /// @param gitOpsApi API of the GitOps repository's host
  public record Access(
      Optional<Secret> gitHubToken,
      Optional<Secret> gitOpsToken,
      URI gitOpsApi,
      Optional<Login> registryLogin,
      Aws aws) {}

  /// A login with a name and a password.
  public record Login(String username, Secret password) {}

  /// How to speak to AWS.
  ///
  /// @param keys what the environment holds
  /// @param region empty: nothing names one
  /// @param endpoint instead of AWS's own, for every call
  public record Aws(Optional<AwsKeys> keys, Optional<String> region, Optional<URI> endpoint) {}

  /// Keys of an AWS user or role.
  ///
  /// @param sessionToken only with temporary credentials
  public record AwsKeys(
      Secret accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken) {}
}
