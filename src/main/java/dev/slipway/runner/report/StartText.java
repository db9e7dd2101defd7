package dev.slipway.runner.report;

import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Operation;
import dev.slipway.delivery.RunContext;
import java.util.ArrayList;
import java.util.List;

/// What a run was asked for: the first line of its log, there before anybody else is asked.
final class StartText {
  private StartText() {}

  static String of(Inputs inputs, RunContext run) {
    List<String> stages = new ArrayList<>();
    if (inputs.pushes()) {
      stages.add(inputs.components().size() == 1 ? "push the image" : "push the images");
    }
    inputs.versioning().releasing().ifPresent(_ -> stages.add("release it"));
    inputs
        .gitOps()
        .ifPresent(gitOps -> {
          stages.add("change " + gitOps.repository());
          gitOps.argoCd().ifPresent(_ -> stages.add("wait for Argo CD"));
        });
    inputs.ecs().ifPresent(ecs -> stages.add("move the ECS service " + ecs.service()));
    inputs.script().ifPresent(script -> stages.add("run the script on " + script.targets()));
    return "%s: %s."
        .formatted(
            inputs.dryRun() ? "Dry run, " + purpose(inputs, run) : capital(purpose(inputs, run)),
            stages.isEmpty() ? "work out the tag" : String.join(", ", stages));
  }

  private static String purpose(Inputs inputs, RunContext run) {
    return switch (inputs.operation()) {
      case Operation.Deploy _ ->
          "commit %s of %s".formatted(run.commit().shortened(7), run.repository());
      case Operation.Rollback(var to) ->
          "rollback of %s to %s"
              .formatted(run.repository(), to.orElse("the previous good delivery"));
    };
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
