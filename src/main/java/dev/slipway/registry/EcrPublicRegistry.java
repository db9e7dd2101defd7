package dev.slipway.registry;

import dev.slipway.aws.AwsAccess;
import dev.slipway.image.ImageName;
import dev.slipway.problem.Problem;
import java.util.Optional;

/// Amazon ECR Public. Its password comes from AWS, and is traded for a token as the registry asks.
final class EcrPublicRegistry implements KnownRegistry {
  static final String HOST = "public.ecr.aws";

  private final AwsAccess aws;
  private final boolean create;
  private final EcrPublicApi api;
  private Optional<RegistryLogin> login = Optional.empty();
  private Optional<RegistryAddress> address = Optional.empty();

  /// @param create whether a missing repository is created
  EcrPublicRegistry(AwsAccess aws, boolean create) {
    this.aws = aws;
    this.create = create;
    this.api = new EcrPublicApi(aws);
  }

  @Override
  public ImageName name(String repository) {
    if (!repository.contains("/")) {
      throw SetupProblems.noAlias(repository);
    }
    return KnownRegistry.name(address().host(), repository);
  }

  /// What plays AWS on this machine may have its registry on this machine.
  @Override
  public synchronized RegistryAddress address() {
    RegistryAddress known =
        address.orElseGet(() ->
            RegistryAddress.of(
                (aws.isElsewhere() ? api.registryHost() : Optional.<String>empty())
                    .filter(RegistryAddress::isThisMachine)
                    .orElse(HOST)));
    address = Optional.of(known);
    return known;
  }

  @Override
  public synchronized RegistryLogin login() {
    RegistryLogin known = login.orElseGet(() -> new RegistryLogin.OnRequest(api.login()));
    login = Optional.of(known);
    return known;
  }

  @Override
  public Optional<Problem> whenMissing(ImageName name) {
    return create
        ? Optional.empty()
        : Optional.of(SetupProblems.noEcrPublicRepository(name, inRegistry(name)));
  }

  @Override
  public boolean creates() {
    return create;
  }

  @Override
  public boolean create(ImageName name, RegistryConnection connection) {
    boolean made = api.create(inRegistry(name));
    connection.awaitRepository();
    return made;
  }

  @Override
  public boolean remove(ImageName name) {
    return api.remove(inRegistry(name));
  }

  /// AWS's own name of the repository: without the alias, which is the account's.
  private static String inRegistry(ImageName name) {
    return name.repository().substring(name.repository().indexOf('/') + 1);
  }
}
