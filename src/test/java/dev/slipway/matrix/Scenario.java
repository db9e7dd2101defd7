package dev.slipway.matrix;

import java.io.IOException;
import java.nio.file.Path;

/// The workflows of `test-fixtures/workflows/`, one of a system each.
enum Scenario {
  S1("S1: ECR, pull request", SandboxWorlds::backstage),
  S2("S2: three images, commit, Argo CD", AstragoWorlds::backend),
  S2_FRONTEND("S2: one image, commit, Argo CD", AstragoWorlds::frontend),
  S3("S3: role, ECR, ECS service", SandboxWorlds::voj),
  S4("S4: ECR, script on EC2", SandboxWorlds::popcon),
  S5("S5: release, registry, script on EC2", TtWorld::open);

  private final String words;
  private final Opening opening;

  Scenario(String words, Opening opening) {
    this.words = words;
    this.opening = opening;
  }

  /// Starts the servers of a system.
  private interface Opening {
    World in(Path folder) throws IOException;
  }

  World open(Path folder) throws IOException {
    return opening.in(folder);
  }

  @Override
  public String toString() {
    return words;
  }
}
