package dev.slipway.runner.input;

import dev.slipway.delivery.GitOpsDelivery;
import dev.slipway.delivery.Inputs.Message;
import dev.slipway.delivery.PullRequestSettings;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The inputs about a pull request, its texts apart.
final class PullRequestInputs {
  // An app's or bot's name ends with [bot]: https://docs.github.com/en/rest/users/users#get-a-user
  private static final Predicate<String> USER =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})(?:\\[bot])?").asMatchPredicate();
  private static final Predicate<String> TEAM =
      Pattern.compile("[A-Za-z0-9_.-]{1,100}").asMatchPredicate();
  // https://docs.github.com/en/rest/issues/labels#create-a-label
  private static final Predicate<String> LABEL = Pattern.compile(".{1,50}").asMatchPredicate();

  private final InputTexts inputs;

  PullRequestInputs(InputTexts inputs) {
    this.inputs = inputs;
  }

  PullRequestSettings read(GitOpsDelivery delivery, Message message) {
    boolean draft = inputs.flag(Input.PULL_REQUEST_DRAFT);
    if (delivery == GitOpsDelivery.PULL_REQUEST && draft && message.autoMerge().isPresent()) {
      inputs.add(
          "A draft cannot merge itself",
          "`pull-request-draft` is set, and GitHub merges no draft",
          "Set `auto-merge: off`, or leave `pull-request-draft` out.");
    }
    return new PullRequestSettings(
        inputs.minutes(Input.WAIT_FOR_MERGE, 0),
        draft,
        names(Input.PULL_REQUEST_LABELS, LABEL, "a label has at most 50 characters"),
        names(Input.PULL_REQUEST_REVIEWERS, USER, "it is no user name"),
        names(Input.PULL_REQUEST_TEAM_REVIEWERS, TEAM, "it is no slug of a team"),
        names(Input.PULL_REQUEST_ASSIGNEES, USER, "it is no user name"));
  }

  private List<String> names(Input input, Predicate<String> legal, String why) {
    List<String> names = inputs.list(input).stream().distinct().toList();
    names.stream()
        .filter(legal.negate())
        .forEach(name ->
            inputs.wrong(
                input,
                name,
                why,
                "Write one name a line, without `@`, or separate them by commas."));
    return names;
  }
}
