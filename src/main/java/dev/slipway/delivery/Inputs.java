package dev.slipway.delivery;

import dev.slipway.image.Attestations;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.template.Template;
import dev.slipway.values.FileContent;
import dev.slipway.version.SemanticVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the workflow author asked, checked and typed.
///
/// @param components at least one; several have distinct names
/// @param registry where every component lives; empty: no image has a name
/// @param createRepository whether a missing ECR repository is created
/// @param attestations what becomes of those of every image
/// @param environment where deliveries are noted for a rollback; empty: nowhere
public record Inputs(
    Operation operation,
    Versioning versioning,
    List<Component> components,
    Optional<RegistryChoice> registry,
    boolean createRepository,
    Attestations attestations,
    Optional<GitOps> gitOps,
    Optional<EcsService> ecs,
    Optional<RemoteScript> script,
    Optional<String> environment,
    Access access,
    boolean dryRun) {
  public Inputs {
    components = List.copyOf(components);
  }

  /// Every text with placeholders.
  public Stream<Template> templates() {
    return Stream.concat(
        components.stream().flatMap(Component::templates),
        gitOps.stream().flatMap(GitOps::templates));
  }

  /// The same with another wish for the GitOps repository.
  Inputs with(GitOps wanted) {
    return new Inputs(
        operation,
        versioning,
        components,
        registry,
        createRepository,
        attestations,
        Optional.of(wanted),
        ecs,
        script,
        environment,
        access,
        dryRun);
  }

  /// Whether any image is pushed.
  public boolean pushes() {
    return components.stream().anyMatch(component -> component.source().isPresent());
  }

  /// A script that brings an image with a name. Without one it may be one of several applications
  /// on its machines, and what is noted of them another's.
  Optional<RemoteScript> namedScript() {
    return script.filter(
        _ -> components.stream().anyMatch(component -> component.repository().isPresent()));
  }

  /// How git tags become versions.
  ///
  /// @param gitTagPrefix literal prefix of version tags
  /// @param initialVersion the version to start from where no version tag is reachable
  /// @param releasing empty: versions are read, none is made
  public record Versioning(
      String gitTagPrefix,
      Optional<SemanticVersion> initialVersion,
      Optional<Releasing> releasing) {}

  /// One image of the run.
  ///
  /// @param name empty: the only one, and it goes by no name
  /// @param repository its path in the registry; empty: it has none
  /// @param source what to push; empty: an earlier step pushed it
  /// @param digest of what an earlier step pushed
  /// @param tag template of the image tag
  /// @param extraTags templates of further tags
  public record Component(
      Optional<String> name,
      Optional<String> repository,
      Optional<ImageSource> source,
      Optional<Digest> digest,
      Template tag,
      List<Template> extraTags) {
    public Component {
      extraTags = List.copyOf(extraTags);
    }

    Stream<Template> templates() {
      return Stream.concat(Stream.of(tag), extraTags.stream());
    }
  }

  /// What to change in the GitOps repository.
  ///
  /// @param branch the base branch; empty: the default branch
  /// @param updates at least one
  /// @param bootstrap path in the GitOps repository to the content it gets where it is absent
  /// @param argoCd empty: the run ends with the write
  public record GitOps(
      RepositoryName repository,
      Optional<String> branch,
      GitOpsDelivery delivery,
      List<ValueUpdate> updates,
      Map<String, FileContent> bootstrap,
      Message message,
      PullRequestSettings pullRequest,
      OnSuperseded onSuperseded,
      Optional<ArgoCd> argoCd) {

    /// The same place, with other values and another message; nothing else is created there.
    GitOps with(List<ValueUpdate> otherUpdates, Message otherMessage) {
      return new GitOps(
          repository,
          branch,
          delivery,
          otherUpdates,
          Map.of(),
          otherMessage,
          pullRequest,
          onSuperseded,
          argoCd);
    }

    /// Every text with placeholders.
    public Stream<Template> templates() {
      return Stream.concat(updates.stream().map(ValueUpdate::value), message.templates());
    }
  }

  /// Where what was delivered is to run.
  ///
  /// @param applications at least one
  /// @param sync whether to start the sync where auto-sync is off
  /// @param limit how long to wait
  public record ArgoCd(
      URI server, Secret token, List<ApplicationName> applications, boolean sync, Duration limit) {
    public ArgoCd {
      applications = List.copyOf(applications);
    }
  }

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

  /// Which service of Amazon ECS moves to the image.
  ///
  /// @param cluster name or ARN
  /// @param service name or ARN
  /// @param taskDefinition JSON of the one to register, checked; empty: the one that the service
  ///   runs
  /// @param container whose image changes; empty: the only one
  /// @param limit how long the new tasks may take to come up
  /// @param onSuperseded what to do when another deployment takes the service, or a later commit is
  ///   there already
  public record EcsService(
      String cluster,
      String service,
      Optional<String> taskDefinition,
      Optional<String> container,
      Duration limit,
      OnSuperseded onSuperseded) {

    /// The region that an ARN leaves no choice about.
    public Optional<String> region() {
      return ofArn(3);
    }

    /// The account that an ARN leaves no choice about.
    public Optional<String> account() {
      return ofArn(4);
    }

    private Optional<String> ofArn(int part) {
      return Stream.of(service, cluster)
          .map(text -> text.split(":", -1))
          .filter(parts -> parts.length > 5 && parts[0].equals("arn"))
          .map(parts -> parts[part])
          .findFirst();
    }
  }

  /// A script to run on machines.
  ///
  /// @param text as the author wrote it
  /// @param user who runs it there
  /// @param limit how long all machines together may take
  /// @param onSuperseded what to do when a later commit is there already
  public record RemoteScript(
      InstanceSelector targets,
      String text,
      String user,
      Duration limit,
      OnSuperseded onSuperseded) {

    /// Whether the script reads a variable.
    boolean reads(String variable) {
      return text.contains("$" + variable) || text.contains("${" + variable);
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
      Aws aws) {

    /// The same for who must not see the job's token.
    public Access withoutGitHubToken() {
      return new Access(Optional.empty(), gitOpsToken, gitOpsApi, registryLogin, aws);
    }
  }

  /// A login with a name and a password.
  public record Login(String username, Secret password) {}

  /// How to speak to AWS.
  ///
  /// @param login empty: nothing says who to be there
  /// @param region empty: nothing names one
  /// @param endpoint instead of AWS's own, for every call
  public record Aws(Optional<AwsLogin> login, Optional<String> region, Optional<URI> endpoint) {}

  /// Who to be at AWS.
  public sealed interface AwsLogin {}

  /// Keys of an AWS user or role, from the environment.
  ///
  /// @param sessionToken only with temporary credentials
  public record AwsKeys(Secret accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken)
      implements AwsLogin {}

  /// A role that the job assumes with a token of its own.
  ///
  /// @param arn of the role
  /// @param session the name that CloudTrail shows
  /// @param tokens where the runner gives the job's OIDC token out
  /// @param request what opens that door
  public record AwsRole(String arn, String session, URI tokens, Secret request)
      implements AwsLogin {}
}
