package dev.slipway.aws;

import dev.slipway.delivery.Inputs.AwsRole;
import dev.slipway.delivery.Secret;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.problem.UntrustedServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// Why a role was not assumed, and how to fix it: in the workflow, or in the role's trust policy.
final class RoleProblems {
  private static final String GUIDE =
      "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws";

  private RoleProblems() {}

  static ActionException noAnswer(AwsRole role, IOException cause) {
    Optional<UntrustedServer> untrusted = UntrustedServer.in(cause);
    if (untrusted.isPresent()) {
      return new ActionException(
          new Problem(
              what(role),
              "the runner's token service at %s is not trusted: %s"
                  .formatted(role.tokens().getHost(), untrusted.get().why()),
              untrusted.get().fix()),
          cause);
    }
    return new ActionException(
        new Problem(
            what(role),
            "the runner's token service at %s cannot be reached".formatted(role.tokens().getHost()),
            "look at the runner's network and proxy, and run the job again"),
        cause);
  }

  static ActionException noToken(AwsRole role, String why) {
    return new ActionException(
        what(role), why, "give the job `permissions: id-token: write`, and run it again");
  }

  /// STS refused for good.
  ///
  /// @param token the job's; only its claims are shown
  static ActionException refused(SdkException failure, AwsRole role, Secret token) {
    return switch (AwsProblems.code(failure)) {
      case "AccessDenied", "AccessDeniedException", "IDPRejectedClaim" ->
          problem(role, notTrusted(token), trustPolicy(role));
      case "InvalidIdentityToken", "InvalidIdentityTokenException" ->
          problem(
              role,
              "the account of the role does not know GitHub as an identity provider, or not the"
                  + " audience "
                  + JobToken.AUDIENCE,
              "add the OIDC provider token.actions.githubusercontent.com with that audience to the"
                  + " account: "
                  + GUIDE);
      case "RegionDisabledException" ->
          problem(
              role,
              "STS is not active in the region for the account of the role",
              "activate it in the account's settings, or set another `aws-region`");
      case "ValidationError" ->
          problem(
              role,
              "STS does not accept the request",
              "check that `role-to-assume` is the whole ARN of a role");
      default -> AwsProblems.of(failure, what(role), "sts:AssumeRoleWithWebIdentity");
    };
  }

  private static String notTrusted(Secret token) {
    return "there is no such role, or its trust policy does not trust this job, which says: "
        + Claims.of(token);
  }

  private static String trustPolicy(AwsRole role) {
    return "compare the conditions in the trust policy of %s with that; `sub` must match to the"
            .formatted(role.arn())
        + " letter, and a job with `environment:` has another `sub` than one without";
  }

  // AWS's text may quote the request, and the token with it: the cause goes no further.
  private static ActionException problem(AwsRole role, String why, String fix) {
    return new ActionException(List.of(new Problem(what(role), why, fix)));
  }

  private static String what(AwsRole role) {
    return "The role %s was not assumed".formatted(role.arn());
  }
}
