package dev.slipway.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A program that the tests start in the image in the place of the action, with the image's own
/// command line, to see the process from inside.
final class Probe {
  private Probe() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "facts" -> facts();
      case "exit" -> System.exit(Integer.parseInt(arguments[1]));
      case "name" -> name(arguments[1]);
      case "output" -> Files.writeString(Path.of(System.getenv("GITHUB_OUTPUT")), arguments[1]);
      case "wait" -> untilStopped();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void facts() {
    System.out.println("process " + ProcessHandle.current().pid());
    for (String property : List.of("sun.jnu.encoding", "file.encoding", "java.io.tmpdir")) {
      System.out.println(property + " " + System.getProperty(property));
    }
    System.getenv().forEach((name, value) -> System.out.println("variable " + name + "=" + value));
  }

  /// Makes, finds and prints a file of this name.
  private static void name(String name) throws IOException {
    Path folder = Files.createTempDirectory("probe");
    Files.createFile(folder.resolve(name));
    try (var files = Files.list(folder)) {
      files.forEach(file -> System.out.println("file " + file.getFileName()));
    }
  }

  private static void untilStopped() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopping")));
    System.out.println("waiting");
    new CountDownLatch(1).await();
  }
}
