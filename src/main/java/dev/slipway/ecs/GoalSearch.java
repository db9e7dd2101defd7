package dev.slipway.ecs;

import dev.slipway.aws.AwsProblems;
import dev.slipway.delivery.EcsCluster.Goal;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Progress;
import dev.slipway.ecs.ServiceHistory.Entry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/// The search for the task definition that a service is to return to: in what it ran, and where ECS
/// does not tell, in the revisions of its family.
final class GoalSearch {
  private static final int MOST_REVISIONS = 1000;
  // Each is a request.
  private static final int MOST_READ = 50;

  private final HistoryApi api;
  private final ServiceState now;
  private final Optional<String> container;
  private final Progress progress;

  GoalSearch(HistoryApi api, ServiceState now, Inputs.EcsService wanted, Progress progress) {
    this.api = api;
    this.now = now;
    this.container = wanted.container();
    this.progress = progress;
  }

  /// The ARN of the definition; the service's own where it need not be moved.
  ///
  /// @throws dev.slipway.problem.ActionException when there is none
  String find(Goal goal) {
    return switch (goal) {
      case Goal.Definition(String arn) -> arn;
      case Goal.Image(Set<String> references) -> image(references);
      case Goal.Previous _ -> previous();
    };
  }

  private String previous() {
    Optional<ServiceHistory> history = history();
    if (history.filter(known -> !known.entries().isEmpty()).isEmpty()) {
      return guess(history.isPresent());
    }
    GoodDefinitions good =
        new GoodDefinitions(history.get(), new Namesakes(api.ecs(), history.get()));
    history
        .get()
        .newest()
        .filter(newest -> good.returnedByItself(newest, now.taskDefinition()))
        .ifPresent(this::tell);
    return good.before(now.taskDefinition()).orElseThrow(() -> BackProblems.nothingBefore(now));
  }

  private void tell(Entry newest) {
    progress.warning(
        "ECS has returned the service %s to %s by itself: %s did not come up"
            .formatted(
                now.name(),
                Texts.revision(now.taskDefinition()),
                Texts.revision(newest.definition())),
        "It stays there; name a version in `rollback-to` to go further back.");
  }

  /// Empty where it may not be read.
  private Optional<ServiceHistory> history() {
    try {
      return Optional.of(ServiceHistory.read(api, now.name()));
    } catch (SdkException e) {
      if (AwsProblems.mayPass(e)) {
        throw BackProblems.noHistory(e, now);
      }
      return Optional.empty();
    }
  }

  /// The revision before the one it runs.
  ///
  /// @param readable whether ECS told the history, and there is none
  private String guess(boolean readable) {
    int current = number(now.taskDefinition());
    String guess =
        family(MOST_REVISIONS).stream()
            .filter(arn -> number(arn) < current)
            .findFirst()
            .orElseThrow(() -> BackProblems.nothingBefore(now));
    progress.warning(
        "That the ECS service %s ran well on %s is a guess"
            .formatted(now.name(), Texts.revision(guess)),
        readable
            ? "ECS remembers no deployment of the last 90 days, so it is the revision before; name a"
                + " version in `rollback-to` to be sure."
            : "ECS's history may not be read, so it is the revision before; allow "
                + BackProblems.HISTORY
                + ", or name a version in `rollback-to`, to be sure.");
    return guess;
  }

  private String image(Set<String> references) {
    List<Entry> good =
        history().stream()
            .flatMap(history -> history.entries().stream())
            .filter(Entry::ranWell)
            .toList();
    return good.stream()
        .filter(entry -> runs(entry, references))
        .map(Entry::definition)
        .findFirst()
        .or(() -> family(MOST_READ).stream().filter(arn -> says(arn, references)).findFirst())
        .orElseThrow(() -> BackProblems.noImage(now, references));
  }

  private boolean runs(Entry entry, Set<String> references) {
    Stream<Set<String>> images =
        container
            .map(name -> Stream.of(entry.images().getOrDefault(name, Set.of())))
            .orElseGet(() -> entry.images().values().stream());
    return images.flatMap(Set::stream).anyMatch(references::contains);
  }

  private boolean says(String arn, Set<String> references) {
    return api.ecs().anyTaskDefinition(arn).map(TaskDefinition::described).stream()
        .flatMap(definition ->
            container
                .map(Stream::of)
                .orElseGet(definition.containers()::stream)
                .map(definition::image)
                .flatMap(Optional::stream))
        .anyMatch(references::contains);
  }

  private List<String> family(int most) {
    try {
      return api.family(Texts.revision(now.taskDefinition()).replaceFirst(":[0-9]+$", ""), most);
    } catch (SdkException e) {
      throw BackProblems.noFamily(e, now);
    }
  }

  private static int number(String arn) {
    return Integer.parseInt(arn.replaceFirst(".*:", ""));
  }
}
