package dev.slipway.runner;

import dev.slipway.delivery.Inputs.GitOps;
import dev.slipway.delivery.Inputs.Message;
import dev.slipway.delivery.MergeMethod;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.ValueUpdate;
import dev.slipway.template.Template;
import dev.slipway.values.FileContent;
import dev.slipway.values.KeyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The inputs that say what changes in the GitOps repository.
final class GitOpsInputs {
  private static final String UPDATE_FORM =
      "Write file, key path and value: `apps/shop/values.yaml: {image.tag: '{tag}'}`, or one below the"
          + " other with indentation.";
  private static final String BRANCH_FORM = "Write a branch name such as `main`.";

  private final InputTexts inputs;
  private final LocalFiles files;
  private final UpdateMapping mapping;

  GitOpsInputs(InputTexts inputs, LocalFiles files, UpdateMapping mapping) {
    this.inputs = inputs;
    this.files = files;
    this.mapping = mapping;
  }

  /// Empty without `gitops-repository`, and, with problems, when something is wrong.
  Optional<GitOps> read() {
    checkTogether();
    Optional<RepositoryName> repository =
        inputs.parsed(Input.GITOPS_REPOSITORY, RepositoryName::parse, "Write it as `owner/name`.");
    Optional<String> branch = inputs.parsed(Input.GITOPS_BRANCH, GitReference::branch, BRANCH_FORM);
    List<ValueUpdate> updates = updates();
    Map<String, FileContent> bootstrap = bootstrap();
    Message message = message();
    if (branch.isPresent() && branch.equals(message.branch())) {
      inputs.wrong(
          Input.PULL_REQUEST_BRANCH,
          branch.get(),
          "it is also `gitops-branch`, and a pull request leads from one branch to another",
          "Remove `pull-request-branch`; a stable name is made up.");
    }
    return repository.map(known -> new GitOps(known, branch, updates, bootstrap, message));
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
          UPDATE_FORM);
    }
  }

  private List<ValueUpdate> updates() {
    List<ValueUpdate> updates = new ArrayList<>();
    inputs
        .parsed(Input.GITOPS_UPDATE, mapping::twoLevels, UPDATE_FORM)
        .orElse(Map.of())
        .forEach((file, values) -> {
          Optional<String> path = path(Input.GITOPS_UPDATE, file);
          values.forEach((key, value) -> update(path, key, value).ifPresent(updates::add));
        });
    return updates;
  }

  private Optional<String> path(Input input, String file) {
    return inputs.parsed(
        input,
        file,
        RepositoryFile::path,
        "Write the path from the top of the GitOps repository, such as `apps/shop/values.yaml`.");
  }

  private Optional<ValueUpdate> update(Optional<String> path, String key, String value) {
    Optional<KeyPath> keyPath =
        inputs.parsed(
            Input.GITOPS_UPDATE,
            key,
            KeyPath::parse,
            "Write a key path such as `image.tag` or `images[name=shop].newTag`.");
    Optional<Template> template = template(Input.GITOPS_UPDATE, value);
    return path.flatMap(file ->
        keyPath.flatMap(known -> template.map(wanted -> new ValueUpdate(file, known, wanted))));
  }

  private Optional<Template> template(Input input, String text) {
    return inputs.parsed(
        input,
        text,
        Template::parse,
        "Use the known placeholders; a brace itself is `{{` or `}}`.");
  }

  private Map<String, FileContent> bootstrap() {
    Map<String, FileContent> contents = new LinkedHashMap<>();
    inputs
        .parsed(
            Input.GITOPS_BOOTSTRAP,
            mapping::oneLevel,
            "Write one line a file: `path/in/the/gitops/repository: path/in/this/workspace`.")
        .orElse(Map.of())
        .forEach((file, local) ->
            path(Input.GITOPS_BOOTSTRAP, file)
                .ifPresent(path ->
                    files
                        .content(Input.GITOPS_BOOTSTRAP, local)
                        .ifPresent(content -> contents.put(path, content))));
    return contents;
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
    return inputs.text(input).flatMap(text -> template(input, text));
  }

  private static Optional<MergeMethod> mergeMethod(String text) {
    return switch (text) {
      case "squash" -> Optional.of(MergeMethod.SQUASH);
      case "merge" -> Optional.of(MergeMethod.MERGE);
      case "rebase" -> Optional.of(MergeMethod.REBASE);
      case "off" -> Optional.empty();
      default -> throw new IllegalArgumentException("there is no such way to merge");
    };
  }
}
