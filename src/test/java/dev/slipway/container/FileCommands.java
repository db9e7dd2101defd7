package dev.slipway.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// The files of one step through which it sets outputs and the like: fresh and empty for each step,
/// and the property of the user whose folder they are in.
final class FileCommands {
  /// The names in `GITHUB_*`, and what the runner calls the files.
  private static final Map<String, String> PREFIXES =
      Map.of(
          "OUTPUT", "set_output_",
          "ENV", "set_env_",
          "PATH", "add_path_",
          "STATE", "save_state_",
          "STEP_SUMMARY", "step_summary_",
          "ARTIFACTS", "artifacts_",
          "ARTIFACTS_LIST", "artifacts_list_");

  private final Path folder;
  private final String suffix = UUID.randomUUID().toString();

  FileCommands(Path folder) {
    this.folder = folder;
    try {
      for (String name : PREFIXES.keySet()) {
        Files.createFile(file(name));
        Files.setOwner(file(name), Files.getOwner(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The variables that name the files by their paths on the machine.
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    PREFIXES.keySet().forEach(name -> environment.put("GITHUB_" + name, file(name).toString()));
    return environment;
  }

  /// What the step wrote to a file of names and values.
  Map<String, String> pairs(String name) {
    return KeyValueFile.parse(text(name));
  }

  /// What the step wrote to a file, as the runner decodes it.
  String text(String name) {
    try {
      // .NET drops a byte order mark.
      return new String(Files.readAllBytes(file(name)), StandardCharsets.UTF_8)
          .replaceFirst("^\uFEFF", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(PREFIXES.get(name) + suffix);
  }
}
