package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.Component;
import dev.slipway.delivery.Inputs.EcsService;
import dev.slipway.delivery.OnSuperseded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The inputs that say which service of Amazon ECS moves, and to what.
final class EcsInputs {
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final Pattern ARN =
      Pattern.compile("arn:aws(-[a-z]+)*:ecs:[a-z0-9-]+:[0-9]{12}:[a-z]+/[A-Za-z0-9_/-]{1,511}");

  private final InputTexts inputs;
  private final LocalFiles files;

  EcsInputs(InputTexts inputs, LocalFiles files) {
    this.inputs = inputs;
    this.files = files;
  }

  /// Empty without `ecs-service`, and, with problems, when something is wrong.
  ///
  /// @param components of the run; one of them is the image
  /// @param limit of the wait
  Optional<EcsService> read(List<Component> components, Duration limit) {
    if (!inputs.isGiven(Input.ECS_SERVICE)) {
      refuseLoneInputs();
      return Optional.empty();
    }
    Optional<String> cluster = name(Input.ECS_CLUSTER);
    Optional<String> service = name(Input.ECS_SERVICE);
    Optional<String> container = name(Input.ECS_CONTAINER);
    if (!inputs.isGiven(Input.ECS_CLUSTER)) {
      inputs.missing(
          Input.ECS_CLUSTER,
          "`ecs-service` names a service, and every service is in a cluster",
          "Write the cluster's name, such as `ecs-cluster: production`.");
    }
    checkImage(components, container);
    Optional<String> definition =
        inputs
            .text(Input.ECS_TASK_DEFINITION)
            .flatMap(path -> new TaskDefinitionFile(inputs, files, path).read(container));
    OnSuperseded onSuperseded = SupersededInput.read(inputs);
    return cluster.flatMap(in ->
        service.map(
            named -> new EcsService(in, named, definition, container, limit, onSuperseded)));
  }

  private void refuseLoneInputs() {
    for (Input input : List.of(Input.ECS_CLUSTER, Input.ECS_TASK_DEFINITION, Input.ECS_CONTAINER)) {
      if (inputs.isGiven(input)) {
        inputs.missing(
            Input.ECS_SERVICE,
            "`%s` is set, and no service is named".formatted(input.text()),
            "Write the service's name in `ecs-service`, or remove `%s`.".formatted(input.text()));
      }
    }
  }

  private Optional<String> name(Input input) {
    return inputs.parsed(
        input, EcsInputs::name, "Write its name as the ECS console shows it, or its ARN.");
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches() && !ARN.matcher(text).matches()) {
      throw new IllegalArgumentException("it is neither a name nor an ARN of ECS");
    }
    return text;
  }

  private void checkImage(List<Component> components, Optional<String> container) {
    boolean several = components.size() > 1;
    if (several && components.stream().noneMatch(component -> component.name().equals(container))) {
      inputs.missing(
          Input.ECS_CONTAINER,
          "the run has several components, and the container gets the image of the one with its"
              + " name",
          "Write a component's name, as in `images`, that is also the container's name.");
    }
    if (!several && components.stream().allMatch(component -> component.repository().isEmpty())) {
      inputs.missing(
          Input.REPOSITORY,
          "the service's container gets the image by its name",
          "Set `registry` and `repository`.");
    }
  }
}
