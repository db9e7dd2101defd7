package dev.slipway.registry;

import dev.slipway.image.ImageName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What to change when a registry knows who we are and still says no: its words tell which of the
/// many reasons it is.
final class Denials {
  private static final Pattern ECR_ACTION = Pattern.compile("perform: (ecr:[A-Za-z]+)");

  private Denials() {}

  /// [GitHub's
  /// rules](https://docs.github.com/en/packages/learn-github-packages/configuring-a-packages-access-control-and-visibility).
  static String byGhcr(RegistryAnswer answer, ImageName name) {
    if (answer.says("create organization package")
        || answer.says("write organization package")
        || answer.says("installation not allowed")) {
      return "give the job `permissions: packages: write`, and check that `repository` begins with the owner of this repository; its organization must allow members to create packages";
    }
    if (answer.says("expected scopes")) {
      return "use a classic personal access token with the scope write:packages as `registry-password`, or leave it out and give the job `permissions: packages: write`";
    }
    if (answer.says("write_package")) {
      return "give the job `permissions: packages: write`; if it has that, open the settings of the package %s and add this repository under \"Manage Actions access\" with the role Write: a package that was first pushed from elsewhere does not know it"
          .formatted(name.repository());
    }
    return "give the job `permissions: packages: write`; runs for a fork's pull request cannot get it";
  }

  /// [AWS's list](https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html).
  static String byEcr(RegistryAnswer answer, ImageName name) {
    if (answer.says("token has expired")) {
      return "run the job again: the registry token is fetched anew";
    }
    Matcher action = ECR_ACTION.matcher(answer.text());
    if (!action.find()) {
      return "allow ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload and ecr:PutImage on the repository %s to the role, and check that account and region are the right ones"
          .formatted(name.repository());
    }
    return answer.says("resource-based policy")
        ? "allow %s to this role in the policy of the repository %s: it belongs to another account"
            .formatted(action.group(1), name.repository())
        : "allow %s on the repository %s in the role's policy"
            .formatted(action.group(1), name.repository());
  }

  /// [AWS's
  /// list](https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policy-examples.html).
  static String byEcrPublic(ImageName name) {
    return "allow ecr-public:BatchCheckLayerAvailability, ecr-public:InitiateLayerUpload, ecr-public:UploadLayerPart, ecr-public:CompleteLayerUpload and ecr-public:PutImage on the repository %s to the role, and check that the alias before the slash is that of the account"
        .formatted(name.repository());
  }
}
