package dev.slipway.aws;

import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Inputs.AwsKeys;
import dev.slipway.delivery.Inputs.AwsRole;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.SecretKeeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/// How every client of AWS is made: with the login, region and endpoint of the inputs and with
/// nothing else.
///
/// The SDK would go on to look into variables, files and the machine's own role; on a self-hosted
/// runner it would then deploy as the runner, and to an endpoint that an earlier step named.
public final class AwsAccess {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,8}(-[a-z]+){1,3}-[0-9]{1,2}");
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ATTEMPT = Duration.ofSeconds(20);

  private final Inputs.Aws inputs;
  private final Pace pace;
  private final Optional<RoleSession> session;

  /// @param secrets hears of every token and key that is learnt, before its first use
  /// @param pace of the run
  public AwsAccess(Inputs.Aws inputs, SecretKeeper secrets, Pace pace) {
    this.inputs = inputs;
    this.pace = pace;
    this.session =
        inputs
            .login()
            .filter(AwsRole.class::isInstance)
            .map(AwsRole.class::cast)
            .map(role -> new RoleSession(role, secrets, pace));
  }

  /// The region to work in.
  ///
  /// @param implied the one that a name leaves no choice about, e.g. a registry's host
  /// @throws dev.slipway.problem.ActionException when nothing names one
  public Region region(Optional<String> implied) {
    String name = implied.or(inputs::region).orElseThrow(AwsProblems::noRegion);
    if (!REGION.matcher(name).matches()) {
      throw AwsProblems.notARegion(name);
    }
    return Region.of(name);
  }

  /// Whether AWS is played by another service.
  public boolean isElsewhere() {
    return inputs.endpoint().isPresent();
  }

  /// The account of the role that is assumed; empty with keys, which do not say.
  public Optional<String> account() {
    return inputs
        .login()
        .filter(AwsRole.class::isInstance)
        .map(AwsRole.class::cast)
        .map(role -> role.arn().split(":", -1)[4]);
  }

  /// Calls, and again while AWS is out of order. Whatever is called must be safe to repeat.
  ///
  /// @throws SdkException when AWS refuses, or stays out of order
  public <T> T insist(Supplier<T> call) {
    Pace.Attempts attempts = pace.attempts("AWS");
    while (true) {
      try {
        return call.get();
      } catch (SdkException e) {
        if (!AwsProblems.mayPass(e) || !attempts.again()) {
          throw e;
        }
      }
    }
  }

  /// The pace of the run.
  public Pace pace() {
    return pace;
  }

  /// Makes a client, which sends each request once. The caller closes it.
  ///
  /// @param endpoint AWS's own endpoint in a region; said explicitly so that nothing else says it
  /// @throws dev.slipway.problem.ActionException when there are no credentials
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, Region region, Function<Region, URI> endpoint) {
    return make(
        builder.credentialsProvider(StaticCredentialsProvider.create(credentials(region))),
        region,
        endpoint);
  }

  /// Who to be in a region, at this moment: a role's credentials are renewed before they expire.
  ///
  /// @throws dev.slipway.problem.ActionException when there are none
  AwsCredentials credentials(Region region) {
    return switch (inputs.login().orElseThrow(AwsProblems::noCredentials)) {
      case AwsKeys keys -> of(keys);
      case AwsRole _ -> session.orElseThrow().credentials(() -> sts(region));
    };
  }

  /// Sees to it that the next credentials are new ones.
  ///
  /// @return false when there are no others to be had
  boolean renew() {
    session.ifPresent(RoleSession::forget);
    return session.isPresent();
  }

  /// Where a request goes.
  ///
  /// @param own AWS's own endpoint
  URI endpoint(URI own) {
    return inputs.endpoint().orElse(own);
  }

  /// How every request travels. The caller closes it.
  SdkHttpClient http() {
    // The SDK's own connections know only the authorities that Java brings, and each client makes
    // a factory of sockets, so that no two of them share a connection.
    return UrlConnectionHttpClient.create(this::connection);
  }

  private HttpURLConnection connection(URI uri) {
    pace.ending().pass();
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(Math.toIntExact(pace.answer(CONNECT).toMillis()));
      connection.setReadTimeout(Math.toIntExact(pace.answer(ATTEMPT).toMillis()));
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C make(
      B builder, Region region, Function<Region, URI> endpoint) {
    return builder
        .region(region)
        .endpointOverride(endpoint(endpoint.apply(region)))
        .fipsEnabled(false)
        .dualstackEnabled(false)
        .httpClient(http())
        .overrideConfiguration(this::configure)
        .build();
  }

  private StsClient sts(Region region) {
    return make(
        StsClient.builder().credentialsProvider(AnonymousCredentialsProvider.create()),
        region,
        AwsAccess::stsEndpoint);
  }

  private static URI stsEndpoint(Region region) {
    return StsEndpointProvider.defaultProvider()
        .resolveEndpoint(params ->
            params.region(region).useFips(false).useDualStack(false).useGlobalEndpoint(false))
        .join()
        .url();
  }

  private void configure(ClientOverrideConfiguration.Builder configuration) {
    configuration
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .apiCallAttemptTimeout(pace.answer(ATTEMPT))
        .defaultProfileName("default")
        .defaultProfileFile(ProfileFile.aggregator().build());
  }

  private static AwsCredentials of(AwsKeys keys) {
    String id = keys.accessKeyId().reveal();
    String secret = keys.secretAccessKey().reveal();
    return keys.sessionToken()
        .<AwsCredentials>map(token -> AwsSessionCredentials.create(id, secret, token.reveal()))
        .orElseGet(() -> AwsBasicCredentials.create(id, secret));
  }
}
