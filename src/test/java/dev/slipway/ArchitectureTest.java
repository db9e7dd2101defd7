package dev.slipway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.slipway.delivery.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Holds the picture of CONTRIBUTING.md: what a list in prose does not hold, a test does.
class ArchitectureTest {
  private static final String[] CORE = {
    "dev.slipway.problem..",
    "dev.slipway.template..",
    "dev.slipway.version..",
    "dev.slipway.image..",
    "dev.slipway.values..",
    "dev.slipway.delivery.."
  };
  private static final String[] EDGES = {
    "dev.slipway.runner..",
    "dev.slipway.registry..",
    "dev.slipway.github..",
    "dev.slipway.aws..",
    "dev.slipway.argocd..",
    "dev.slipway.ecs..",
    "dev.slipway.ssm..",
    "com.google.cloud.tools.jib.."
  };

  /// A third-party package, and the only package of ours that may know it.
  private static final Map<String, String[]> HOMES =
      Map.of(
          "org.snakeyaml..", new String[] {"dev.slipway.values.."},
          "org.semver4j..", new String[] {"dev.slipway.version.."},
          "org.kohsuke..", new String[] {"dev.slipway.github.."},
          "com.github.difflib..", new String[] {"dev.slipway.runner.report.."},
          "software.amazon..",
              new String[] {
                "dev.slipway.registry..",
                "dev.slipway.aws..",
                "dev.slipway.ecs..",
                "dev.slipway.ssm.."
              },
          "com.google.cloud.tools.jib..",
              new String[] {"dev.slipway.registry..", "com.google.cloud.tools.jib.."},
          "org.apache.http..",
              new String[] {"dev.slipway.registry..", "com.google.cloud.tools.jib.."},
          "com.fasterxml.jackson..",
              new String[] {
                "dev.slipway.values..",
                "dev.slipway.runner..",
                "dev.slipway.registry..",
                "dev.slipway.github..",
                "dev.slipway.argocd..",
                "dev.slipway.aws..",
                "dev.slipway.ecs..",
                "dev.slipway.ssm..",
                "com.google.cloud.tools.jib.."
              });

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPath(Path.of("target/classes"));

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.concat(
            Stream.of(
                edgesNeverMeet(),
                wordsDoNotKnowTheStory(),
                theCoreDoesNoIo(),
                problemKnowsNobody(),
                packagesAreFreeOfCycles(),
                secretsAreRevealedInEdgesOnly(),
                noProcessIsSpawned(),
                noThreadIsVirtual(),
                theEnvironmentIsReadInOnePlace()),
            HOMES.entrySet().stream().map(home -> staysAtHome(home.getKey(), home.getValue())))
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
  }

  private static ArchRule edgesNeverMeet() {
    return slices()
        .matching("dev.slipway.(runner|registry|github|argocd|ecs|ssm)..")
        .should()
        .notDependOnEachOther()
        .as("edges never meet");
  }

  private static ArchRule wordsDoNotKnowTheStory() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            "dev.slipway.template..",
            "dev.slipway.version..",
            "dev.slipway.image..",
            "dev.slipway.values..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.slipway.delivery..")
        .as("words do not know the story");
  }

  private static ArchRule theCoreDoesNoIo() {
    return noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.file.Files")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.File.*")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "java.nio.channels..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(EDGES)
        .as("the core does no I/O and knows no edge");
  }

  private static ArchRule problemKnowsNobody() {
    return classes()
        .that()
        .resideInAPackage("dev.slipway.problem..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.slipway.problem..", "java..", "org.jspecify..")
        .as("problem knows nobody");
  }

  private static ArchRule packagesAreFreeOfCycles() {
    return slices()
        .matching("dev.slipway.(**)")
        .should()
        .beFreeOfCycles()
        .as("packages are free of cycles");
  }

  private static ArchRule secretsAreRevealedInEdgesOnly() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(EDGES)
        .should()
        .callMethod(Secret.class, "reveal")
        .as("secrets are revealed in edges only");
  }

  private static ArchRule noProcessIsSpawned() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .as("no process is spawned");
  }

  /// [dev.slipway.delivery.Threads] says why.
  private static ArchRule noThreadIsVirtual() {
    return noClasses()
        .should()
        .callMethod(Thread.class, "ofVirtual")
        .orShould()
        .callMethod(Thread.class, "startVirtualThread", Runnable.class)
        .orShould()
        .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor")
        .as("no thread is virtual");
  }

  private static ArchRule theEnvironmentIsReadInOnePlace() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.slipway.Main")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .as("the environment is read in one place");
  }

  private static ArchRule staysAtHome(String thirdParty, String[] home) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(thirdParty)
        .allowEmptyShould(true)
        .as(thirdParty + " stays in " + String.join(", ", home));
  }
}
