package dev.slipway.registry;

import dev.slipway.aws.AwsAccess;
import dev.slipway.aws.AwsProblems;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.endpoints.EcrEndpointProvider;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;

/// Amazon ECR's own API, as much of it as a push needs. Each call uses a client of its own: there
/// is one call in most runs.
///
/// @param fips whether to use the endpoint with approved cryptography only
record EcrApi(AwsAccess aws, Region region, boolean fips) {
  /// A login for every registry in the region that the credentials may use.
  ///
  /// @param endpoint of the account's own registry
  record Token(URI endpoint, Login login) {}

  /// Gets a login; [12
  /// hours](https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html)
  /// long it is valid.
  Token token() {
    AuthorizationData data =
        call(
            client -> client.getAuthorizationToken().authorizationData().getFirst(),
            "There is no login for ECR in " + region,
            "ecr:GetAuthorizationToken");
    String pair =
        new String(Base64.getDecoder().decode(data.authorizationToken()), StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    return new Token(
        URI.create(data.proxyEndpoint()),
        new Login(pair.substring(0, colon), new Secret(pair.substring(colon + 1))));
  }

  /// Makes a repository; another run may have done so a moment ago.
  void create(String repository) {
    call(
        client -> {
          try {
            return client.createRepository(request -> request.repositoryName(repository));
          } catch (RepositoryAlreadyExistsException e) {
            return e;
          }
        },
        "The ECR repository %s was not created".formatted(repository),
        "ecr:CreateRepository");
  }

  private <T> T call(Function<EcrClient, T> call, String what, String permission) {
    try (EcrClient client = aws.client(EcrClient.builder(), region, this::endpoint)) {
      return call.apply(client);
    } catch (SdkException e) {
      throw AwsProblems.of(e, what, permission);
    }
  }

  private URI endpoint(Region region) {
    return EcrEndpointProvider.defaultProvider()
        .resolveEndpoint(params -> params.region(region).useFips(fips).useDualStack(false))
        .join()
        .url();
  }
}
