package dev.slipway.runner.input;

import dev.slipway.delivery.GitOpsDelivery;
import dev.slipway.delivery.Inputs.ArgoCd;
import dev.slipway.delivery.Inputs.GitOps;
import dev.slipway.delivery.Inputs.Message;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.OnSuperseded;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.PullRequestSettings;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.ValueUpdate;
import dev.slipway.template.Template;
import dev.slipway.values.FileContent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The inputs that say what changes in the GitOps repository.
final class GitOpsInputs {
  private static final String BRANCH_FORM = "Write a branch name such as `main`.";

  private static final List<Input> OF_PULL_REQUESTS =
      List.of(
          Input.AUTO_MERGE,
          Input.PULL_REQUEST_TITLE,
          Input.PULL_REQUEST_BODY,
          Input.PULL_REQUEST_BRANCH,
          Input.PULL_REQUEST_LABELS,
          Input.PULL_REQUEST_REVIEWERS,
          Input.PULL_REQUEST_TEAM_REVIEWERS,
          Input.PULL_REQUEST_ASSIGNEES,
          Input.PULL_REQUEST_DRAFT,
          Input.WAIT_FOR_MERGE);

  private final InputTexts inputs;
  private final GitOpsFiles files;

  GitOpsInputs(InputTexts inputs, LocalFiles files) {
    this.inputs = inputs;
    this.files = new GitOpsFiles(inputs, files);
  }

  /// Empty without `gitops-repository`, and, with problems, when something is wrong.
  ///
  /// @param limit of the wait until the change is live
  /// @param progress hears of inputs that have no effect
  Optional<GitOps> read(Duration limit, Progress progress) {
    checkTogether();
    Optional<RepositoryName> repository =
        inputs.parsed(Input.GITOPS_REPOSITORY, RepositoryName::parse, "Write it as `owner/name`.");
    Optional<String> branch = inputs.parsed(Input.GITOPS_BRANCH, GitReference::branch, BRANCH_FORM);
    List<ValueUpdate> updates = files.updates();
    Map<String, FileContent> bootstrap = files.bootstrap();
    Message message = message();
    GitOpsDelivery delivery = delivery();
    PullRequestSettings pullRequest = new PullRequestInputs(inputs).read(delivery, message);
    Optional<ArgoCd> argoCd = new ArgoCdInputs(inputs).read(delivery, pullRequest, limit);
    OnSuperseded onSuperseded = SupersededInput.read(inputs);
    switch (delivery) {
      case PULL_REQUEST -> checkBranches(branch, message);
      case COMMIT -> warnOfPullRequestInputs(progress);
    }
    return repository.map(known ->
        new GitOps(
            known,
            branch,
            delivery,
            updates,
            bootstrap,
            message,
            pullRequest,
            onSuperseded,
            argoCd));
  }

  private GitOpsDelivery delivery() {
    return inputs
        .parsed(
            Input.GITOPS_DELIVERY,
            GitOpsInputs::delivery,
            "Write `pull-request`, or `commit` for a commit on the base branch itself.")
        .orElse(GitOpsDelivery.PULL_REQUEST);
  }

  private static GitOpsDelivery delivery(String text) {
    return switch (text) {
      case "pull-request" -> GitOpsDelivery.PULL_REQUEST;
      case "commit" -> GitOpsDelivery.COMMIT;
      default -> throw new IllegalArgumentException("there is no such way to deliver");
    };
  }

  private void checkBranches(Optional<String> branch, Message message) {
    if (branch.isPresent() && branch.equals(message.branch())) {
      inputs.wrong(
          Input.PULL_REQUEST_BRANCH,
          branch.get(),
          "it is also `gitops-branch`, and a pull request leads from one branch to another",
          "Remove `pull-request-branch`; a stable name is made up.");
    }
  }

  /// A workflow that switches between the two ways keeps its other inputs.
  private void warnOfPullRequestInputs(Progress progress) {
    OF_PULL_REQUESTS.stream()
        .filter(input -> !inputs.text(input).orElse("").equals(input.fallback()))
        .forEach(input ->
            progress.warning(
                "The input `%s` has no effect".formatted(input.text()),
                "With `gitops-delivery: commit` there is no pull request; remove one of the two"));
  }

  private void checkTogether() {
    boolean repository = inputs.isGiven(Input.GITOPS_REPOSITORY);
    boolean update = inputs.isGiven(Input.GITOPS_UPDATE);
    if (!repository && (update || inputs.isGiven(Input.GITOPS_BOOTSTRAP))) {
      inputs.missing(
          Input.GITOPS_REPOSITORY,
          "`gitops-update` or `gitops-bootstrap` is set, and it says where",
          "Write it as `owner/name`.");
    }
    if (repository && !update) {
      inputs.missing(
          Input.GITOPS_UPDATE,
          "`gitops-repository` is set, and nothing says what changes in it",
          GitOpsFiles.UPDATE_FORM);
    }
  }

  private Message message() {
    return new Message(
        template(Input.COMMIT_MESSAGE),
        template(Input.PULL_REQUEST_TITLE),
        template(Input.PULL_REQUEST_BODY),
        inputs.parsed(
            Input.PULL_REQUEST_BRANCH,
            GitReference::branch,
            "Write a branch name such as `slipway/shop`, or remove it for a made-up stable one."),
        inputs
            .parsed(
                Input.AUTO_MERGE,
                GitOpsInputs::mergeMethod,
                "Write `squash`, `merge`, `rebase` or `off`.")
            .flatMap(method -> method));
  }

  private Optional<Template> template(Input input) {
    return inputs.parsed(
        input, Template::parse, "Use the known placeholders; a brace itself is `{{` or `}}`.");
  }

  private static Optional<MergeMethod> mergeMethod(String text) {
    return switch (text) {
      case "squash" -> Optional.of(MergeMethod.SQUASH);
      case "merge" -> Optional.of(MergeMethod.MERGE);
      case "rebase" -> Optional.of(MergeMethod.REBASE);
      case "off" -> Optional.empty();
      default -> throw new IllegalArgumentException("it is not a merge method");
    };
  }
}
