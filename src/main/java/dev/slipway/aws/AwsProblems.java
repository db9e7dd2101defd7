package dev.slipway.aws;

import dev.slipway.delivery.RetryPolicy;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.problem.UntrustedServer;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/// What went wrong with AWS, why, and how to fix it, in the reader's words.
public final class AwsProblems {
  private static final Pattern PERMISSION = Pattern.compile("perform: ([a-z0-9-]+:[A-Za-z]+)");
  private static final int MOST_CHARACTERS = 500;

  private AwsProblems() {}

  static ActionException noCredentials() {
    return new ActionException(
        "There are no AWS credentials",
        "`role-to-assume` is empty, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set for this step; profiles and the runner's own role are never used",
        "set `role-to-assume` and give the job `permissions: id-token: write` (not available to a fork's pull request), run aws-actions/configure-aws-credentials before this step, or set both variables in `env` from secrets");
  }

  static ActionException noRegion() {
    return new ActionException(
        "No AWS region is given",
        "neither `aws-region` nor AWS_REGION nor AWS_DEFAULT_REGION is set",
        "set `aws-region`, e.g. `eu-central-1`");
  }

  static ActionException notARegion(String text) {
    return new ActionException(
        "`%s` is not an AWS region".formatted(text),
        "regions look like `eu-central-1`",
        "correct `aws-region`, AWS_REGION or the registry's host");
  }

  /// Whether the same call may succeed a moment later.
  public static boolean mayPass(SdkException failure) {
    return (failure instanceof SdkClientException && UntrustedServer.in(failure).isEmpty())
        || (failure instanceof SdkServiceException answered
            && (RetryPolicy.mayPass(answered.statusCode()) || answered.isThrottlingException()));
  }

  /// What AWS calls the failure, e.g. `AccessDenied`; empty when it did not answer.
  public static String code(SdkException failure) {
    return failure instanceof AwsServiceException refused && refused.awsErrorDetails() != null
        ? Optional.ofNullable(refused.awsErrorDetails().errorCode()).orElse("")
        : "";
  }

  /// Whether AWS refused credentials for their age.
  static boolean isExpired(SdkException failure) {
    return code(failure).equals("ExpiredTokenException") || code(failure).equals("ExpiredToken");
  }

  /// A call that failed for good.
  ///
  /// @param what what does not work now, as a problem's title
  /// @param permission that the call needs, e.g. `ecr:CreateRepository`
  public static ActionException of(SdkException failure, String what, String permission) {
    if (!(failure instanceof AwsServiceException refused) || refused.awsErrorDetails() == null) {
      return new ActionException(unreachable(failure, what), failure);
    }
    Problem problem = refused(refused, what, permission);
    // A text of several lines quotes the request, session token and all: it goes no further.
    boolean quotesTheRequest = String.valueOf(refused.getMessage()).lines().count() > 1;
    return quotesTheRequest
        ? new ActionException(List.of(problem))
        : new ActionException(problem, failure);
  }

  private static Problem refused(AwsServiceException refused, String what, String permission) {
    String code = Optional.ofNullable(refused.awsErrorDetails().errorCode()).orElse("");
    String message = firstLine(refused.awsErrorDetails().errorMessage());
    return switch (code) {
      case "AccessDeniedException", "AccessDenied", "UnauthorizedOperation" ->
          denied(what, message, permission);
      case "ExpiredTokenException", "ExpiredToken" -> expired(what);
      case "UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId" ->
          unknownKeys(what, message);
      case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture" -> clockIsWrong(what);
      case "InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature" ->
          isAboutTime(message) ? clockIsWrong(what) : wrongSecret(what);
      default -> other(refused, what, message);
    };
  }

  private static Problem denied(String what, String message, String permission) {
    Matcher named = PERMISSION.matcher(message);
    return new Problem(
        what,
        "AWS denies it: " + message,
        "allow %s to the role or user of the AWS credentials"
            .formatted(named.find() ? named.group(1) : permission));
  }

  private static Problem expired(String what) {
    return new Problem(
        what,
        "the AWS credentials have expired",
        "set `role-to-assume`, whose credentials this step renews; or run aws-actions/configure-aws-credentials directly before this step, with a longer `role-duration-seconds`");
  }

  private static Problem unknownKeys(String what, String message) {
    return new Problem(
        what,
        "AWS does not know the credentials: " + message,
        "check that AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN are of one login and still exist, and that the account has enabled the region");
  }

  private static Problem clockIsWrong(String what) {
    return new Problem(
        what,
        "AWS does not accept the time of the request",
        "set the clock of the runner, which is minutes off");
  }

  private static Problem wrongSecret(String what) {
    return new Problem(
        what,
        "AWS does not accept the signature",
        "check AWS_SECRET_ACCESS_KEY: it does not belong to AWS_ACCESS_KEY_ID, or has lost or gained a character");
  }

  private static Problem other(AwsServiceException refused, String what, String message) {
    return new Problem(
        what,
        "AWS answered with status %d: %s".formatted(refused.statusCode(), message),
        "run the job again; if it stays, give AWS the request id " + refused.requestId());
  }

  private static Problem unreachable(SdkException failure, String what) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return new Problem(
            what,
            "the host %s is not known".formatted(firstLine(cause.getMessage())),
            "check `aws-region` and `aws-endpoint-url`, and the runner's DNS");
      }
    }
    Optional<UntrustedServer> untrusted = UntrustedServer.in(failure);
    if (untrusted.isPresent()) {
      return new Problem(
          what, "AWS's server is not trusted: " + untrusted.get().why(), untrusted.get().fix());
    }
    boolean late =
        failure instanceof ApiCallTimeoutException
            || failure instanceof ApiCallAttemptTimeoutException;
    return new Problem(
        what,
        late ? "AWS did not answer in time" : "AWS cannot be reached: " + deepest(failure),
        "check the runner's network and, behind a proxy, `HTTPS_PROXY` and `NO_PROXY`; then run the job again");
  }

  private static String deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return firstLine(deepest.getMessage());
  }

  private static boolean isAboutTime(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("signature expired") || text.contains("signature not yet current");
  }

  private static String firstLine(@Nullable String text) {
    String line =
        Optional.ofNullable(text).orElse("").lines().findFirst().orElse("no reason given");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...";
  }
}
