package dev.slipway.run;

import dev.slipway.container.JarRunner;
import dev.slipway.container.JobFolders;
import dev.slipway.container.StepRunner;
import java.nio.file.Path;

/// System S1 by `java -jar target/slipway.jar`.
class BackstageIT extends BackstageContract {
  @Override
  StepRunner runner(JobFolders folders) {
    return new JarRunner(Path.of("target/slipway.jar"), folders);
  }
}
