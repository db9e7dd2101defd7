package dev.slipway.registry;

import dev.slipway.aws.AwsAccess;
import dev.slipway.image.EcrHost;
import dev.slipway.image.ImageName;
import dev.slipway.problem.Problem;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/// Amazon ECR, private. Its host and its password come from AWS.
final class EcrRegistry implements KnownRegistry {
  private final AwsAccess aws;
  private final Optional<String> host;
  private final boolean create;
  private final EcrApi api;
  private Optional<EcrApi.Token> token = Optional.empty();

  /// @param host the registry's; empty: the one of the account that the credentials belong to
  /// @param create whether a missing repository is created
  EcrRegistry(AwsAccess aws, Optional<String> host, boolean create) {
    Optional<EcrHost> parts = host.flatMap(EcrHost::parse);
    Region region = aws.region(parts.map(EcrHost::region));
    this.aws = aws;
    this.host = host;
    this.create = create;
    this.api = new EcrApi(aws, region, parts.map(EcrHost::fips).orElse(false));
  }

  @Override
  public ImageName name(String repository) {
    return KnownRegistry.name(address().host(), repository);
  }

  @Override
  public RegistryAddress address() {
    return host.map(RegistryAddress::of).orElseGet(() -> own(token().endpoint()));
  }

  @Override
  public RegistryLogin login() {
    return new RegistryLogin.Password(token().login());
  }

  @Override
  public Optional<Problem> whenMissing(ImageName name) {
    return create
        ? Optional.empty()
        : Optional.of(SetupProblems.noEcrRepository(name, api.region().id()));
  }

  @Override
  public boolean creates() {
    return create;
  }

  /// Knocks first: an account may have ECR make repositories as they are pushed to, in [a form of
  /// its
  /// own](https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html).
  @Override
  public boolean create(ImageName name, RegistryConnection connection) throws RegistryFailure {
    if (connection.takesUploads()) {
      return false;
    }
    boolean made = api.create(name.repository());
    connection.awaitRepository();
    return made;
  }

  @Override
  public boolean remove(ImageName name) {
    return api.remove(name.repository());
  }

  /// What a denial may be about where the repository and the role are of different accounts; empty
  /// where they are not, or nobody knows.
  Optional<String> acrossAccounts(ImageName name) {
    return EcrHost.parse(name.registry())
        .map(EcrHost::account)
        .flatMap(theirs ->
            aws.account()
                .filter(ours -> !ours.equals(theirs))
                .map(ours ->
                    "; the repository is of account %s and the role of account %s, so that the repository's own policy must allow it too"
                        .formatted(theirs, ours)));
  }

  private synchronized EcrApi.Token token() {
    EcrApi.Token known = token.orElseGet(api::token);
    token = Optional.of(known);
    return known;
  }

  /// The registry that AWS named, if it can be ECR's in this region. What plays AWS on this machine
  /// may name one on this machine.
  private RegistryAddress own(URI endpoint) {
    String authority = String.valueOf(endpoint.getRawAuthority());
    boolean here =
        aws.isElsewhere()
            && RegistryAddress.isThisMachine(authority)
            && String.valueOf(endpoint.getScheme()).matches("https?");
    boolean ecr =
        "https".equals(endpoint.getScheme())
            && EcrHost.parse(authority)
                .filter(parts -> parts.region().equals(api.region().id()))
                .isPresent();
    if (!here && !ecr) {
      throw SetupProblems.strangeEcrHost(endpoint, api.region().id());
    }
    return new RegistryAddress(endpoint.getScheme(), authority);
  }
}
