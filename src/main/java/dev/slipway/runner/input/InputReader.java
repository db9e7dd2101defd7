package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Inputs.Access;
import dev.slipway.delivery.Inputs.Component;
import dev.slipway.delivery.Inputs.EcsService;
import dev.slipway.delivery.Inputs.GitOps;
import dev.slipway.delivery.Inputs.RemoteScript;
import dev.slipway.delivery.Inputs.Versioning;
import dev.slipway.delivery.Operation;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.image.Attestations;
import dev.slipway.problem.ActionException;
import dev.slipway.runner.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads every input, and reports all that is wrong at once.
public final class InputReader {
  private final Environment environment;
  private final Progress progress;

  /// @param progress hears warnings
  public InputReader(Environment environment, Progress progress) {
    this.environment =
        OperationInputs.isRollback(environment)
            ? OperationInputs.ofRollback(environment)
            : environment;
    this.progress = progress;
  }

  /// The inputs, checked against each other and against the files of the workspace. Nothing is
  /// changed and nobody is asked.
  ///
  /// @throws ActionException with every problem found
  public Inputs read() {
    InputTexts inputs = new InputTexts(environment);
    OperationInputs purpose = new OperationInputs(inputs);
    Operation operation = purpose.read();
    LocalFiles files = new LocalFiles(environment, inputs);
    TagInputs tags = new TagInputs(inputs, environment);
    RegistryInputs registries = new RegistryInputs(inputs);
    Versioning versioning = tags.versioning(new ReleaseInputs(inputs).read());
    Optional<RegistryChoice> registry = registries.registry();
    List<Component> components =
        new ComponentInputs(inputs, files, registries, tags).read(registry, operation);
    boolean pushes =
        inputs.isGiven(Input.IMAGE) || anyIsPushed(components) || retags(operation, registry);
    boolean create = registries.create(registry, pushes);
    Duration limit = inputs.minutes(Input.TIMEOUT, 1);
    Optional<GitOps> gitOps = new GitOpsInputs(inputs, files).read(limit, progress);
    if (operation instanceof Operation.Deploy) {
      new TemplateNeeds(inputs, components).check(gitOps);
    }
    Optional<EcsService> ecs = new EcsInputs(inputs, files).read(components, limit);
    Optional<RemoteScript> script = new SsmInputs(inputs, environment).read(limit);
    Access access =
        new AccessInputs(inputs, environment).read(registry, new AwsNeeds(pushes, ecs), progress);
    Optional<Attestations> attestations = attestations(inputs);
    boolean dryRun = inputs.flag(Input.DRY_RUN);
    Optional<String> deploymentEnvironment = purpose.environment();
    inputs.throwIfAny();
    return new Inputs(
        operation,
        versioning,
        components,
        registry,
        create,
        attestations.orElseThrow(),
        gitOps,
        ecs,
        script,
        deploymentEnvironment,
        access,
        dryRun);
  }

  private static boolean anyIsPushed(List<Component> components) {
    return components.stream().anyMatch(component -> component.source().isPresent());
  }

  /// A rollback looks the images up, and points their tags at them again.
  private static boolean retags(Operation operation, Optional<RegistryChoice> registry) {
    return operation instanceof Operation.Rollback && registry.isPresent();
  }

  private static Optional<Attestations> attestations(InputTexts inputs) {
    return inputs.parsed(
        Input.ATTESTATIONS,
        InputReader::attestations,
        "Write `attestations: keep` or `attestations: strip`.");
  }

  private static Attestations attestations(String text) {
    return switch (text) {
      case "keep" -> Attestations.KEEP;
      case "strip" -> Attestations.STRIP;
      default -> throw new IllegalArgumentException("it is neither `keep` nor `strip`");
    };
  }
}
