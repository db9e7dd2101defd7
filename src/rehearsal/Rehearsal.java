import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// One run of the action without an audience: it pushes two small images to ECR and commits their
/// tags to a GitOps repository, both played by this program. What the Java runtime did for it, the
/// AOT cache remembers, and every later run begins with.
///
/// `java Rehearsal.java JAVA FLAG... -jar SLIPWAY_JAR` runs that command once.
final class Rehearsal {
  public static void main(String[] command) throws Exception {
    Path folder = Files.createTempDirectory("rehearsal");
    SmallImages.write(folder);
    Path keys = folder.resolve("keys.p12");
    Stage stage = Stage.open(keys);
    ProcessBuilder action = new ProcessBuilder(command).inheritIO();
    action.command().add(1, "-Djavax.net.ssl.trustStore=" + keys);
    action.command().add(2, "-Djavax.net.ssl.trustStorePassword=" + Stage.PASSWORD);
    action.environment().putAll(environment(folder, stage.address()));
    System.exit(action.start().waitFor());
  }

  private static Map<String, String> environment(Path folder, String address) throws IOException {
    return Map.ofEntries(
        Map.entry(
            "INPUT_IMAGES",
            """
            api: {image: 'docker-archive:api.tar', repository: api}
            web: {image: 'oci:web', repository: web}
            """),
        Map.entry("INPUT_REGISTRY", "ecr"),
        Map.entry("INPUT_TAG", "semver"),
        Map.entry("INPUT_GIT-TAG-PREFIX", "v"),
        Map.entry("INPUT_CREATE-REPOSITORY", "false"),
        Map.entry("INPUT_AWS-REGION", "eu-central-1"),
        Map.entry("INPUT_AWS-ENDPOINT-URL", address),
        Map.entry("INPUT_GITHUB-TOKEN", "token"),
        Map.entry("INPUT_GITOPS-REPOSITORY", "octocat/gitops"),
        Map.entry("INPUT_GITOPS-TOKEN", "token"),
        Map.entry("INPUT_GITOPS-DELIVERY", "commit"),
        Map.entry(
            "INPUT_GITOPS-UPDATE",
            "values.yaml: {api.image.tag: '{api.tag}', web.image.tag: '{web.tag}'}"),
        Map.entry("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "secret"),
        Map.entry("GITHUB_API_URL", address),
        Map.entry("GITHUB_SERVER_URL", "https://github.com"),
        Map.entry("GITHUB_REPOSITORY", "octocat/app"),
        Map.entry("GITHUB_ACTOR", "octocat"),
        Map.entry("GITHUB_EVENT_NAME", "push"),
        Map.entry("GITHUB_EVENT_PATH", file(folder, "event.json", "{}")),
        Map.entry("GITHUB_REF", "refs/heads/main"),
        Map.entry("GITHUB_REF_NAME", "main"),
        Map.entry("GITHUB_SHA", Stage.COMMIT),
        Map.entry("GITHUB_RUN_ID", "1"),
        Map.entry("GITHUB_RUN_NUMBER", "1"),
        Map.entry("GITHUB_RUN_ATTEMPT", "1"),
        Map.entry("GITHUB_WORKSPACE", folder.toString()),
        Map.entry("GITHUB_OUTPUT", file(folder, "output", "")),
        Map.entry("GITHUB_STEP_SUMMARY", file(folder, "summary", "")),
        Map.entry("RUNNER_TEMP", folder.toString()));
  }

  private static String file(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
