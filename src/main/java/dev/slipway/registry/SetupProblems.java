package dev.slipway.registry;

import dev.slipway.image.ImageName;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.net.URI;

/// What is wrong about a registry before anything is sent to it, why, and how to fix it.
final class SetupProblems {
  private SetupProblems() {}

  static ActionException noName(IllegalArgumentException why) {
    return ActionException.refused(
        "`repository` does not name a repository", why, "correct the input `repository`");
  }

  static ActionException noOwner(String repository) {
    return new ActionException(
        "`repository` has no owner",
        "packages of ghcr.io belong to a user or an organization, and `%s` names none"
            .formatted(repository),
        "write `repository` as `owner/name`, e.g. `${{ github.repository }}`");
  }

  static ActionException noLogin(String host) {
    return new ActionException(
        "There is no login for " + host,
        "`registry-username` and `registry-password` are not set",
        "set `registry-username` and `registry-password` from secrets");
  }

  static ActionException refreshToken(String username) {
    return new ActionException(
        "`registry-username` is `%s`, which is no name".formatted(username),
        "it stands for an identity token, which is traded at a server of the registry's choice; Slipway sends a login to the registry and to nobody else",
        "set `registry-username` and `registry-password` to a name with a password or an access token");
  }

  static ActionException noGhcrLogin() {
    return new ActionException(
        "There is no login for ghcr.io",
        "neither `github-token` nor `registry-password` is set",
        "leave `github-token` at its default and give the job `permissions: packages: write`");
  }

  static Problem noEcrRepository(ImageName name, String region) {
    return new Problem(
        "The ECR repository %s does not exist".formatted(name.repository()),
        "%s has no such repository, and `create-repository` is off".formatted(name.registry()),
        "set `create-repository: true` (the role then needs ecr:CreateRepository), or create it once: aws ecr create-repository --repository-name %s --region %s"
            .formatted(name.repository(), region));
  }

  static Problem noEcrPublicRepository(ImageName name, String repository) {
    return new Problem(
        "The ECR Public repository %s does not exist".formatted(name.repository()),
        "%s has no such repository, and `create-repository` is off".formatted(name.registry()),
        "check the alias before the slash; set `create-repository: true` (the role then needs ecr-public:CreateRepository), or create it once: aws ecr-public create-repository --repository-name %s --region us-east-1"
            .formatted(repository));
  }

  static ActionException noAlias(String repository) {
    return new ActionException(
        "`repository` has no alias",
        "a path in ECR Public begins with the alias of a registry, and `%s` has none"
            .formatted(repository),
        "write `repository` as `alias/name`, as the console shows it after public.ecr.aws");
  }

  static ActionException strangeEcrToken(String region) {
    return new ActionException(
        "There is no login for ECR in " + region,
        "AWS's answer holds no registry token",
        "check `aws-endpoint-url`; without it, run the job again");
  }

  static ActionException strangeEcrHost(URI endpoint, String region) {
    return new ActionException(
        "AWS named a registry that is not ECR's",
        "the registry token came for %s, which is not an ECR host in %s; it was not used"
            .formatted(endpoint, region),
        "check `aws-region` and `aws-endpoint-url`");
  }
}
