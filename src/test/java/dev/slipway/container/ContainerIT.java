package dev.slipway.container;

import static dev.slipway.container.ActionImage.docker;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the image promises whatever the action does. Needs a Docker engine and the image: `./mvnw
/// verify -P container -Dslipway.image=NAME`.
@Tag("container")
class ContainerIT {
  private static final String PROBE = "/github/runner_temp/probe";
  private static final ActionImage IMAGE = ActionImage.underTest();

  @TempDir private Path work;
  private JobFolders folders;
  private RunnerContract runner;

  @BeforeEach
  void layOutTheJob() throws IOException {
    folders = JobFolders.in(work);
    runner = new RunnerContract(IMAGE, folders);
    Path probe = folders.temp().resolve("probe/dev/slipway/container/Probe.class");
    Files.createDirectories(probe.getParent());
    Files.copy(Path.of("target/test-classes/dev/slipway/container/Probe.class"), probe);
  }

  @Test
  void startsTheActionWithTheInputsOfTheStep() {
    StepResult result = runner.run(ContainerStep.with(Map.of("INPUT_DRY-RUN", "perhaps")));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.log())
        .anyMatch(line -> line.startsWith("::error title=") && line.contains("perhaps"));
    assertThat(result.summary()).contains("perhaps");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 42})
  void endsWithTheExitCodeOfTheAction(int code) {
    StepResult result = runner.run(probe("exit", "" + code));

    assertThat(result.exitCode()).isEqualTo(code);
  }

  @Test
  void runsTheActionAsTheFirstProcessInTheWorkspace() {
    StepResult result = runner.run(probe("facts"));

    assertThat(result.log()).contains("process 1", "variable GITHUB_WORKSPACE=/github/workspace");
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, -javaagent:/github/workspace/agent.jar",
    "JAVA_TOOL_OPTIONS, -version",
    "JDK_JAVA_OPTIONS, -version",
    "_JAVA_OPTIONS, -XX:NoSuchOption",
    "LD_PRELOAD, /github/workspace/library.so",
    "LD_AUDIT, /github/workspace/library.so",
    "LD_LIBRARY_PATH, /github/workspace/libraries",
    "LD_DEBUG, all",
    "GLIBC_TUNABLES, glibc.malloc.check=3",
    "HOSTALIASES, /github/workspace/hosts"
  })
  void forgetsVariablesThatReachIntoTheProcess(String name, String value) {
    StepResult result = runner.run(probe("facts").withVariable(name, value));

    assertThat(result.log())
        .contains("process 1")
        .noneMatch(line -> line.contains(name))
        .noneMatch(line -> line.contains(value))
        .noneMatch(line -> line.contains("ld.so"));
  }

  @Test
  void hasNoModuleThatLoadsAgents() {
    StepResult result = runner.run(command("/opt/slipway/bin/java", "--list-modules"));

    assertThat(result.log())
        .anyMatch(line -> line.startsWith("java.base@25"))
        .noneMatch(line -> line.startsWith("java.instrument"))
        .noneMatch(line -> line.startsWith("jdk.attach"));
  }

  @Test
  void startsFromTheCacheOfTheRehearsal() {
    List<String> command = new ArrayList<>(IMAGE.entrypoint());
    command.add(command.indexOf("-jar"), "-XX:AOTMode=on");

    StepResult result = runner.run(command(command.toArray(String[]::new)));

    assertThat(result.log())
        .anyMatch(line -> line.startsWith("::error title="))
        .noneMatch(line -> line.contains("[aot]"));
  }

  @ParameterizedTest
  @CsvSource({
    "INPUT_GITOPS-REPOSITORY, octocat/gitops",
    "INPUT_EXTRA-TAGS, ' latest  {major} '",
    "INPUT_NAME, 'grün → 🚢'",
    "INPUT_QUOTED, '\"a\" $HOME `b` \\'"
  })
  void keepsEveryOtherVariable(String name, String value) {
    StepResult result = runner.run(probe("facts").withVariable(name, value));

    assertThat(result.log()).contains("variable " + name + "=" + value);
  }

  @Test
  void keepsTheLinesOfAVariable() {
    StepResult result =
        runner.run(probe("facts").withVariable("INPUT_GITOPS-UPDATE", "a: |\n  b\n\nc: d"));

    assertThat(result.log())
        .containsSequence("variable INPUT_GITOPS-UPDATE=a: |", "  b", "", "c: d");
  }

  @ParameterizedTest
  @CsvSource({"LANG, C", "LANG, ''", "LANG, en_US.UTF-8", "LC_ALL, C", "LC_CTYPE, POSIX"})
  void namesFilesInUnicodeWhateverTheLocaleOfTheJob(String name, String value) {
    StepResult result = runner.run(probe("name", "é→🚢.yaml").withVariable(name, value));

    assertThat(result.exitCode()).as("%s", result.log()).isZero();
    assertThat(result.log()).containsExactly("file é→🚢.yaml");
  }

  @Test
  void handsOutputsToTheRunner() {
    StepResult result = runner.run(probe("output", "tag<<EOF\n1.2.3\nEOF\n"));

    assertThat(result.outputs()).containsExactly(Map.entry("tag", "1.2.3"));
  }

  @Test
  void leavesNothingInTheFoldersOfTheJob() throws IOException {
    giveTheJobToAUser();
    List<String> before = owners();

    StepResult result = runner.run(ContainerStep.with(Map.of()));

    assertThat(result.variables()).isEmpty();
    assertThat(result.path()).isEmpty();
    assertThat(owners()).isEqualTo(before);
  }

  @Test
  void runsAsTheUserOfTheRunnerToo() throws IOException {
    int user = giveTheJobToAUser();

    StepResult result =
        runner.run(probe("output", "a=b\n").withOptions("--user", user + ":" + user));

    assertThat(result.exitCode()).as("%s", result.log()).isZero();
    assertThat(result.outputs()).containsExactly(Map.entry("a", "b"));
  }

  @Test
  void endsSoonAfterACancellation() {
    RunningStep step = runner.start(probe("wait"));
    step.awaitOutput();

    StepResult result = step.cancel();

    assertThat(result.log()).containsExactly("waiting", "stopping");
    assertThat(result.exitCode()).as("128 + SIGINT").isEqualTo(130);
  }

  @Test
  void hasTheToolsThatSelfHostedRunnersCall() {
    List<String> tools =
        Stream.of("sh", "env", "tail", "tar", "find", "chmod", "mv").map("/bin/"::concat).toList();

    StepResult result =
        runner.run(command(("find -L " + String.join(" ", tools) + " -perm -111").split(" ")));

    assertThat(result.log()).containsExactlyElementsOf(tools);
  }

  /// In Kubernetes the runner's hook keeps the container alive, copies the job's folders into it,
  /// and starts the entrypoint of `action.yml` through a script of its own,
  /// https://github.com/actions/runner-container-hooks/tree/main/packages/k8s.
  @Test
  void servesTheHookOfAKubernetesRunner() throws Exception {
    String name = "slipway_" + UUID.randomUUID();
    List<String> command = command("INPUT_EXTRA-TAGS=a \\\"b\\\" \\$HOME", probe("facts"));
    Files.writeString(
        folders.temp().resolve("step.sh"),
        """
        #!/bin/sh -l
        set -e
        rm "$0"
        chmod 755 /__w/app/app
        mv /__w/_temp/_github_home /github_home
        cd /__w/app/app && \\
        exec env %s
        """
            .formatted(String.join(" ", command)));
    docker("run", "--detach", "--name", name, "--entrypoint=tail", IMAGE.name(), "-f", "/dev/null");
    try {
      docker("exec", name, "sh", "-c", "mkdir -p /__w /github");
      copyInto(name);
      String copied = docker("exec", name, "sh", "-c", "find /__w -type f -exec stat -c %s {} +");

      String log = docker("exec", name, "sh", "-e", "/__w/_temp/step.sh");

      assertThat(copied.lines()).hasSizeGreaterThan(2);
      assertThat(log.lines())
          .contains("variable INPUT_EXTRA-TAGS=a \"b\" $HOME", "variable PWD=/__w/app/app");
      assertThat(docker("exec", name, "find", "/__w/_temp", "-name", "step.sh")).isEmpty();
    } finally {
      docker("rm", "--force", name);
    }
  }

  /// The words of a script that runs a step with one more variable.
  private static List<String> command(String variable, ContainerStep step) {
    List<String> words = new ArrayList<>(List.of('"' + variable + '"'));
    words.add(step.entrypoint().orElseThrow());
    step.arguments().stream()
        .map(word -> word.replace(PROBE, "/__w/_temp/probe"))
        .forEach(words::add);
    return words;
  }

  /// The hook streams an archive, because it shares no volume with the container.
  private void copyInto(String name) throws IOException, InterruptedException {
    Process copy =
        new ProcessBuilder(
                "sh",
                "-c",
                "tar -c -C \"$1\" . | docker exec -i \"$2\" tar -x -m -C /__w -f -",
                "sh",
                work.toString(),
                name)
            .inheritIO()
            .start();
    assertThat(copy.waitFor()).isZero();
  }

  /// The image's command line with the probe where the action's jar would be.
  private static ContainerStep probe(String... arguments) {
    List<String> command = new ArrayList<>(IMAGE.entrypoint());
    assertThat(command).endsWith("-jar", "/opt/slipway/slipway.jar");
    command.subList(command.size() - 2, command.size()).clear();
    command.addAll(List.of("-cp", PROBE, Probe.class.getName()));
    command.addAll(List.of(arguments));
    return ContainerStep.with(Map.of()).withCommand(command);
  }

  private static ContainerStep command(String... command) {
    return ContainerStep.with(Map.of()).withCommand(List.of(command));
  }

  /// Hosted runners do not run as root; neither shall this job.
  private int giveTheJobToAUser() throws IOException {
    int user = (int) Files.getAttribute(work, "unix:uid");
    if (user != 0) {
      return user;
    }
    folders.giveTo(1001);
    return 1001;
  }

  /// Every folder and file of the job, but for the file commands of its steps, with its owner.
  private List<String> owners() throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      List<String> owners = new ArrayList<>();
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        if (!file.startsWith(folders.fileCommands())) {
          owners.add(file + " " + Files.getAttribute(file, "unix:uid"));
        }
      }
      return owners;
    }
  }
}
