package dev.slipway.aws;

import dev.slipway.delivery.Inputs.AwsRole;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RetryPolicy;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.SecretKeeper;
import dev.slipway.problem.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/// A role that is assumed when it is first needed, and again, with a new token of the job, before
/// its credentials expire: a wait may last longer than they do.
final class RoleSession {
  private static final Duration MARGIN = Duration.ofMinutes(5);
  // A refusal is rarely a passing one, but under many parallel jobs it can be.
  private static final int REFUSALS = 3;

  private final AwsRole role;
  private final SecretKeeper secrets;
  private final Pace pace;
  private final JobToken tokens;
  private Optional<Known> known = Optional.empty();

  private record Known(AwsCredentials credentials, Instant expires) {
    boolean lastsLongerThan(Duration time) {
      return Instant.now().plus(time).isBefore(expires);
    }
  }

  RoleSession(AwsRole role, SecretKeeper secrets, Pace pace) {
    this.role = role;
    this.secrets = secrets;
    this.pace = pace;
    this.tokens = new JobToken(role, pace);
  }

  /// Credentials that last for some minutes at least.
  ///
  /// @param sts makes a client of STS that signs nothing
  /// @throws ActionException when the role cannot be assumed
  synchronized AwsCredentials credentials(Supplier<StsClient> sts) {
    Optional<Known> fresh = known.filter(credentials -> credentials.lastsLongerThan(MARGIN));
    if (fresh.isPresent()) {
      return fresh.get().credentials();
    }
    try {
      known = Optional.of(assume(sts));
    } catch (ActionException e) {
      // A passing fault must not end a wait while the old credentials still open the door.
      if (known.filter(old -> old.lastsLongerThan(Duration.ZERO)).isEmpty()) {
        throw e;
      }
    }
    return known.orElseThrow().credentials();
  }

  /// Forgets credentials that AWS does not take any more, whatever their date says.
  synchronized void forget() {
    known = Optional.empty();
  }

  private Known assume(Supplier<StsClient> sts) {
    Pace.Attempts attempts = pace.attempts("AWS");
    while (true) {
      Secret token = tokens.fetch();
      secrets.hide(token);
      try (StsClient client = sts.get()) {
        return take(client, token);
      } catch (SdkException e) {
        boolean refusedForGood = attempts.failed() + 1 >= attempts(e);
        if (refusedForGood || !attempts.again()) {
          throw RoleProblems.refused(e, role, token);
        }
      }
    }
  }

  private static int attempts(SdkException failure) {
    return switch (AwsProblems.code(failure)) {
      case "AccessDenied", "AccessDeniedException" -> REFUSALS;
      case "IDPCommunicationError", "IDPCommunicationErrorException", "ExpiredTokenException" ->
          RetryPolicy.ATTEMPTS;
      default -> AwsProblems.mayPass(failure) ? RetryPolicy.ATTEMPTS : 1;
    };
  }

  private Known take(StsClient client, Secret token) {
    Credentials given =
        client
            .assumeRoleWithWebIdentity(request ->
                request
                    .roleArn(role.arn())
                    .roleSessionName(role.session())
                    .webIdentityToken(token.reveal()))
            .credentials();
    secrets.hide(new Secret(given.accessKeyId()));
    secrets.hide(new Secret(given.secretAccessKey()));
    secrets.hide(new Secret(given.sessionToken()));
    return new Known(
        AwsSessionCredentials.create(
            given.accessKeyId(), given.secretAccessKey(), given.sessionToken()),
        given.expiration());
  }
}
