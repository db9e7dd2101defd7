package dev.slipway.registry;

import dev.slipway.aws.AwsAccess;
import dev.slipway.aws.AwsProblems;
import dev.slipway.delivery.Inputs.Login;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;
import software.amazon.awssdk.services.ecrpublic.model.AuthorizationData;
import software.amazon.awssdk.services.ecrpublic.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecrpublic.model.RepositoryNotEmptyException;

/// Amazon ECR Public's own API, as much of it as a push needs. It is [in one
/// region](https://docs.aws.amazon.com/general/latest/gr/ecr-public.html), wherever the rest is.
record EcrPublicApi(AwsAccess aws) {
  private static final Region REGION = Region.US_EAST_1;
  private static final URI ENDPOINT = URI.create("https://api.ecr-public.us-east-1.amazonaws.com");

  /// A login for the public registry of the account that the credentials belong to.
  Login login() {
    AuthorizationData data =
        call(
                client -> client.getAuthorizationToken(_ -> {}),
                "There is no login for ECR Public",
                "ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken")
            .authorizationData();
    return Optional.ofNullable(data)
        .flatMap(known -> EcrApi.login(known.authorizationToken()))
        .orElseThrow(() -> SetupProblems.strangeEcrToken(REGION.id()));
  }

  /// The host of the account's registry; empty when it has none.
  Optional<String> registryHost() {
    return call(
            client -> client.describeRegistries(_ -> {}),
            "The registry of ECR Public is not known",
            "ecr-public:DescribeRegistries")
        .registries()
        .stream()
        .map(registry -> String.valueOf(registry.registryUri()).replaceFirst("/.*", ""))
        .findFirst();
  }

  /// Makes a repository.
  ///
  /// @return false when another run had made it a moment before
  boolean create(String repository) {
    return call(
        client -> {
          try {
            client.createRepository(request -> request.repositoryName(repository));
            return true;
          } catch (RepositoryAlreadyExistsException _) {
            return false;
          }
        },
        "The ECR Public repository %s was not created".formatted(repository),
        "ecr-public:CreateRepository");
  }

  /// Removes a repository in which nothing is.
  ///
  /// @return false when something is in it
  boolean remove(String repository) {
    return call(
        client -> {
          try {
            client.deleteRepository(request -> request.repositoryName(repository).force(false));
            return true;
          } catch (RepositoryNotEmptyException _) {
            return false;
          }
        },
        "The ECR Public repository %s was not removed".formatted(repository),
        "ecr-public:DeleteRepository");
  }

  private <T> T call(Function<EcrPublicClient, T> call, String what, String permission) {
    try (EcrPublicClient client = aws.client(EcrPublicClient.builder(), REGION, _ -> ENDPOINT)) {
      return aws.insist(() -> call.apply(client));
    } catch (SdkException e) {
      throw AwsProblems.of(e, what, permission);
    }
  }
}
