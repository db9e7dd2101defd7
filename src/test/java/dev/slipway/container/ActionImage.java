package dev.slipway.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// An image of the action, known to the engine under `name`.
public record ActionImage(String name) {
  /// The image that the property `slipway.image` names.
  public static ActionImage underTest() {
    String name = System.getProperty("slipway.image", "");
    if (name.isEmpty()) {
      throw new IllegalStateException("name the image to test: -Dslipway.image=NAME");
    }
    return new ActionImage(name);
  }

  /// The image's own entrypoint.
  List<String> entrypoint() {
    String json = docker("image", "inspect", "--format", "{{json .Config.Entrypoint}}", name);
    return ((List<?>) new Load(LoadSettings.builder().build()).loadFromString(json))
        .stream().map(String::valueOf).toList();
  }

  /// What a Docker command prints.
  public static String docker(String... arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder("docker").redirectErrorStream(true);
      builder.command().addAll(List.of(arguments));
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", builder.command()) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
