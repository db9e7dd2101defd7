package dev.slipway.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The modules of the image's Java runtime are chosen in the Dockerfile; a library that needs
/// another one fails here, not in a job.
class RuntimeModulesIT {
  private static final Pattern MODULES = Pattern.compile("--add-modules \\\\\\n(\\S+)");

  /// What only parts of libraries need that the action never reaches: pack200 archives, bean
  /// properties, annotation processors.
  private static final Set<String> UNREACHED = Set.of("java.compiler", "java.desktop");

  @Test
  void coverWhatTheJarNeeds() throws IOException {
    Matcher dockerfile = MODULES.matcher(Files.readString(Path.of("Dockerfile")));

    assertThat(dockerfile.find()).isTrue();
    assertThat(resolved(List.of(dockerfile.group(1).split(",")))).containsAll(needed());
  }

  /// The modules and those they require.
  private static Set<String> resolved(List<String> modules) {
    return Configuration.empty()
        .resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), modules)
        .modules()
        .stream()
        .map(ResolvedModule::name)
        .collect(Collectors.toSet());
  }

  private static List<String> needed() {
    StringWriter output = new StringWriter();
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(
            new PrintWriter(output),
            new PrintWriter(output),
            "--multi-release",
            "25",
            "--ignore-missing-deps",
            "--print-module-deps",
            "target/slipway.jar");
    List<String> modules = List.of(output.toString().strip().split(","));
    assertThat(modules).as(output.toString()).contains("java.base");
    return modules.stream().filter(module -> !UNREACHED.contains(module)).toList();
  }
}
