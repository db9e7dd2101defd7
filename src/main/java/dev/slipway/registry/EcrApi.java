package dev.slipway.registry;

import dev.slipway.aws.AwsAccess;
import dev.slipway.aws.AwsProblems;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.endpoints.EcrEndpointProvider;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;

/// Amazon ECR's own API, as much of it as a push needs. Each call uses a client of its own: there
/// is one call in most runs.
///
/// @param fips whether to use the endpoint with approved cryptography only
record EcrApi(AwsAccess aws, Region region, boolean fips) {
  private static final Pattern PAIR = Pattern.compile("([^:]+):(.*\\S.*)");

  /// A login for every registry in the region that the credentials may use.
  ///
  /// @param endpoint of the account's own registry
  record Token(URI endpoint, Login login) {}

  /// Gets a login, valid for [12
  /// hours](https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html).
  Token token() {
    GetAuthorizationTokenResponse response =
        call(
            EcrClient::getAuthorizationToken,
            "There is no login for ECR in " + region,
            "ecr:GetAuthorizationToken");
    return response.authorizationData().stream()
        .findFirst()
        .flatMap(EcrApi::read)
        .orElseThrow(() -> SetupProblems.strangeEcrToken(region.id()));
  }

  /// Makes a repository whose images are scanned when they arrive.
  ///
  /// @return false when another run had made it a moment before
  boolean create(String repository) {
    return call(
        client -> {
          try {
            client.createRepository(request ->
                request
                    .repositoryName(repository)
                    .imageScanningConfiguration(scan -> scan.scanOnPush(true)));
            return true;
          } catch (RepositoryAlreadyExistsException _) {
            return false;
          }
        },
        "The ECR repository %s was not created".formatted(repository),
        "ecr:CreateRepository");
  }

  /// Removes a repository in which no image is.
  ///
  /// @return false when one is in it
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
        "The ECR repository %s was not removed".formatted(repository),
        "ecr:DeleteRepository");
  }

  /// The login in a token of ECR's.
  static Optional<Login> login(@Nullable String token) {
    try {
      byte[] decoded = Base64.getDecoder().decode(String.valueOf(token));
      Matcher pair = PAIR.matcher(new String(decoded, StandardCharsets.UTF_8));
      return pair.matches()
          ? Optional.of(new Login(pair.group(1), new Secret(pair.group(2))))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<Token> read(AuthorizationData data) {
    try {
      URI endpoint = URI.create(String.valueOf(data.proxyEndpoint()));
      return login(data.authorizationToken()).map(known -> new Token(endpoint, known));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private <T> T call(Function<EcrClient, T> call, String what, String permission) {
    try (EcrClient client = aws.client(EcrClient.builder(), region, this::endpoint)) {
      return aws.insist(() -> call.apply(client));
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
