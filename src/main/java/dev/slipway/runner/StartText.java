package dev.slipway.runner;

import dev.slipway.delivery.Inputs;
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
    return "%s%s of %s: %s."
        .formatted(
            inputs.dryRun() ? "Dry run, commit " : "Commit ",
            run.commit().shortened(7),
            run.repository(),
            stages.isEmpty() ? "work out the tag" : String.join(", ", stages));
  }
}
