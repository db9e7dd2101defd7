package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.ShownLog;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The main job on this machine, for a newcomer to look at: a real small image, a real registry, a
/// GitHub and an ECR that behave as the real ones, and the action as a runner starts it. Twice,
/// because the second run is half of the promise.
public final class Demo {
  private static final String VALUES = "apps/backstage-already11/values-already11.yaml";

  private final Sandbox sandbox;

  private Demo(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Runs the demo and ends with the action's exit code.
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("slipway-demo");
    int exitCode;
    try (Sandbox sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder)) {
      exitCode = new Demo(sandbox).show();
    } finally {
      delete(folder);
    }
    System.exit(exitCode);
  }

  private int show() throws IOException, InterruptedException {
    Files.copy(
        new SampleImages(sandbox.folders().temp(), "backstage").ociArchive().path(),
        sandbox.folders().workspace().resolve("backstage.tar"));
    say("The step of test-fixtures/workflows/s1-backstage.yml, and its log");
    System.out.printf("Here, ECR and GitHub are programs on this machine: 127.0.0.1.%n%n");
    StepResult first = new ProcessRunner(sandbox.folders()).run(sandbox.step());
    ShownLog.of(first.log()).forEach(System.out::println);
    if (first.exitCode() != 0) {
      return first.exitCode();
    }
    say("Its outputs");
    first.outputs().forEach((name, value) -> System.out.println(name + "=" + value.strip()));
    say("Its summary, in Markdown");
    System.out.println(first.summary());
    if (sandbox.gitOps().pullRequests().isEmpty()) {
      return 0;
    }
    say("What the pull request changes in " + VALUES);
    diff().forEach(System.out::println);
    say("What the registry holds");
    registry().forEach(System.out::println);
    say("The same step again");
    StepResult second = new ProcessRunner(sandbox.folders()).run(sandbox.step());
    ShownLog.of(second.log()).forEach(System.out::println);
    System.out.printf(
        "%nThe second run wrote anything: %s. Pull requests now: %d.%n",
        second.outputs().get("changed"), sandbox.gitOps().pullRequests().size());
    return second.exitCode();
  }

  private static void say(String title) {
    System.out.printf("%n──── %s %s%n%n", title, "─".repeat(Math.max(0, 90 - title.length())));
  }

  private List<String> diff() {
    String head = sandbox.gitOps().pullRequests().getFirst().headBranch();
    List<String> before = sandbox.gitOps().fileAt("main", VALUES).orElseThrow().lines().toList();
    List<String> after = sandbox.gitOps().fileAt(head, VALUES).orElseThrow().lines().toList();
    return UnifiedDiffUtils.generateUnifiedDiff(
        "a/" + VALUES, "b/" + VALUES, before, DiffUtils.diff(before, after), 1);
  }

  private Stream<String> registry() throws IOException, InterruptedException {
    String repository = "/v2/backstage-already11";
    JsonNode tags = new ObjectMapper().readTree(get(repository + "/tags/list"));
    String tag = tags.at("/tags/0").textValue();
    return Stream.of(
        "tags: " + tags.at("/tags"),
        "manifest of " + tag + ":",
        get(repository + "/manifests/" + tag));
  }

  private String get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + sandbox.registry().host() + path))
              .header("Authorization", RegistryServer.authorization("AWS"))
              .header("Accept", "application/vnd.oci.image.manifest.v1+json, */*")
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
