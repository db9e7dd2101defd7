package dev.slipway.container;

import java.util.Map;
import java.util.TreeMap;

/// The variables of a step, as the runner makes them (ActionRunner.cs, ContainerActionHandler.cs).
final class StepEnvironment {
  private static final Map<String, String> CONTEXTS =
      Map.ofEntries(
          Map.entry("GITHUB_ACTION", "__self"),
          Map.entry("GITHUB_ACTOR", "octocat"),
          Map.entry("GITHUB_ACTOR_ID", "583231"),
          Map.entry("GITHUB_API_URL", "https://api.github.com"),
          Map.entry("GITHUB_BASE_REF", ""),
          Map.entry("GITHUB_EVENT_NAME", "push"),
          Map.entry("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql"),
          Map.entry("GITHUB_HEAD_REF", ""),
          Map.entry("GITHUB_JOB", "deploy"),
          Map.entry("GITHUB_REF", "refs/heads/main"),
          Map.entry("GITHUB_REF_NAME", "main"),
          Map.entry("GITHUB_REF_PROTECTED", "true"),
          Map.entry("GITHUB_REF_TYPE", "branch"),
          Map.entry("GITHUB_REPOSITORY", "octocat/app"),
          Map.entry("GITHUB_REPOSITORY_OWNER", "octocat"),
          Map.entry("GITHUB_RUN_ATTEMPT", "1"),
          Map.entry("GITHUB_RUN_ID", "1700000017"),
          Map.entry("GITHUB_RUN_NUMBER", "17"),
          Map.entry("GITHUB_SERVER_URL", "https://github.com"),
          Map.entry("GITHUB_SHA", "7638417db6d59f3c431d3e1f261cc637155684cd"),
          Map.entry("GITHUB_TRIGGERING_ACTOR", "octocat"),
          Map.entry("GITHUB_WORKFLOW", "deploy"),
          Map.entry("RUNNER_ARCH", "X64"),
          Map.entry("RUNNER_ENVIRONMENT", "self-hosted"),
          Map.entry("RUNNER_NAME", "runner"),
          Map.entry("RUNNER_OS", "Linux"),
          Map.entry("RUNNER_TOOL_CACHE", "/opt/hostedtoolcache"));

  private StepEnvironment() {}

  /// The variables, with paths of the machine. The contexts that name the folders win over whatever
  /// the step says, as on a runner; the others only fill gaps, which is where this differs: a test
  /// chooses its repository and its API.
  static Map<String, String> of(ContainerStep step, JobFolders folders, FileCommands fileCommands) {
    Map<String, String> environment = new TreeMap<>(CONTEXTS);
    environment.putAll(step.environment());
    environment.put("HOME", folders.home().toString());
    environment.put("GITHUB_WORKSPACE", folders.workspace().toString());
    environment.put("GITHUB_EVENT_PATH", folders.event().toString());
    environment.putAll(fileCommands.environment());
    environment.put("RUNNER_TEMP", folders.temp().toString());
    environment.put("RUNNER_WORKSPACE", folders.workspace().getParent().toString());
    return environment;
  }
}
