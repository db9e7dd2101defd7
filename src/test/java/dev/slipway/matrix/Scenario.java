package dev.slipway.matrix;

import java.io.IOException;
import java.nio.file.Path;

/// The workflows of `test-fixtures/workflows/`, one of a system each.
enum Scenario {
  S1("S1: ECR, pull request"),
  S2("S2: three images, commit, Argo CD"),
  S2_FRONTEND("S2: one image, commit, Argo CD"),
  S3("S3: role, ECR, ECS service"),
  S4("S4: ECR, script on EC2"),
  S5("S5: release, registry, script on EC2");

  private final String words;

  Scenario(String words) {
    this.words = words;
  }

  /// Starts the servers of the system, with the runner's folders below `folder`.
  World open(Path folder) throws IOException {
    return switch (this) {
      case S1 -> SandboxWorlds.backstage(folder);
      case S2 -> AstragoWorlds.backend(folder);
      case S2_FRONTEND -> AstragoWorlds.frontend(folder);
      case S3 -> SandboxWorlds.voj(folder);
      case S4 -> SandboxWorlds.popcon(folder);
      case S5 -> TtWorld.open(folder);
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
