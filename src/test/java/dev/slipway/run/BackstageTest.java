package dev.slipway.run;

import dev.slipway.container.JobFolders;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepRunner;

/// System S1 in this process.
class BackstageTest extends BackstageContract {
  @Override
  StepRunner runner(JobFolders folders) {
    return new ProcessRunner(folders);
  }
}
