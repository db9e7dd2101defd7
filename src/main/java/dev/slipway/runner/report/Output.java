package dev.slipway.runner.report;

import java.util.Locale;
import java.util.regex.Pattern;

/// The outputs of the action: names, and what each may consist of. A test compares them with
/// `action.yml` and the README.
///
/// The grammars are narrow on purpose: what matches them does no harm where a workflow pastes it
/// into a script.
public enum Output {
  VERSION("[0-9A-Za-z.+-]+"),
  TAG_NAME("[0-9A-Za-z._@/+-]+"),
  RELEASED("true|false"),
  TAG("[0-9A-Za-z._-]+"),
  TAGS("[0-9A-Za-z._-]+(\\n[0-9A-Za-z._-]+)*"),
  REGISTRY("[0-9A-Za-z.:-]+"),
  REPOSITORY("[0-9a-z._/-]+"),
  IMAGE("[0-9A-Za-z.:_/-]+"),
  DIGEST("sha256:[0-9a-f]{64}"),
  IMAGES("\\{.*}"),
  CHANGED("true|false"),
  OUTCOME("deployed|pending|unchanged|superseded|rolled-back|planned"),
  ROLLED_BACK_FROM("[0-9A-Za-z._:+-]+"),
  ROLLED_BACK_TO("[0-9A-Za-z._:+-]+"),
  PULL_REQUEST_NUMBER("[0-9]+"),
  PULL_REQUEST_URL("https?://[0-9A-Za-z.:_/~%\\[\\]-]+"),
  PULL_REQUEST_OPERATION("created|updated|none"),
  PULL_REQUEST_STATE("merged|auto-merge|queued|open|none"),
  COMMIT_SHA("[0-9a-f]{40}"),
  MERGE_COMMIT_SHA("[0-9a-f]{40}"),
  PREVIOUS("\\{.*}"),
  TASK_DEFINITION_ARN("arn:[0-9A-Za-z:/_-]+"),
  PREVIOUS_TASK_DEFINITION_ARN("arn:[0-9A-Za-z:/_-]+"),
  SSM_COMMAND_ID("[0-9A-Fa-f-]{36}"),
  PLAN("\\{.*}");

  private final Pattern grammar;

  Output(String grammar) {
    this.grammar = Pattern.compile(grammar);
  }

  /// The name as it is written in a workflow, e.g. `tag-name`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether `value` is one that this output may have.
  boolean accepts(String value) {
    return grammar.matcher(value).matches();
  }
}
