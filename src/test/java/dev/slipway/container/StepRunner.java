package dev.slipway.container;

/// Something that runs a step of a job: a container, a jar, or this very process.
public interface StepRunner {
  /// Runs a step to its end.
  StepResult run(ContainerStep step);
}
