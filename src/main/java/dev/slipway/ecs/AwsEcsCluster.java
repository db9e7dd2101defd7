package dev.slipway.ecs;

import dev.slipway.aws.AwsAccess;
import dev.slipway.aws.Json;
import dev.slipway.aws.JsonApi;
import dev.slipway.delivery.EcsCluster;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Progress;
import dev.slipway.delivery.Rollout;
import dev.slipway.image.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The services of Amazon ECS, moved by a new revision of their task definition.
public final class AwsEcsCluster implements EcsCluster {
  private final AwsAccess aws;
  private final Progress progress;
  // One that is where it is to return to must not be taken for one that is to be deployed.
  private final Set<Service> lookedBack = ConcurrentHashMap.newKeySet();

  /// @param progress hears how the wait goes
  public AwsEcsCluster(AwsAccess aws, Progress progress) {
    this.aws = aws;
    this.progress = progress;
  }

  @Override
  public Service look(Inputs.EcsService wanted, ImageReference image) {
    refuseOtherAccount(wanted);
    EcsApi api = api(wanted);
    return decide(api, api.service(wanted.service()), wanted, image.toString());
  }

  @Override
  public Service lookBack(Inputs.EcsService wanted, Goal goal) {
    refuseOtherAccount(wanted);
    EcsApi api = api(wanted);
    ServiceState now = movable(api.service(wanted.service()));
    String arn = new GoalSearch(new HistoryApi(api), now, wanted, progress).find(goal);
    EarlierDefinition earlier = EarlierDefinition.read(api, now, arn);
    String container = container(earlier.definition(), wanted.container());
    boolean there = earlier.arn().equals(now.taskDefinition());
    TaskDefinition current =
        there
            ? earlier.definition()
            : TaskDefinition.described(api.taskDefinition(now.taskDefinition()));
    Service service =
        new Service(
            wanted,
            now.taskDefinition(),
            container,
            current.image(container),
            earlier.definition().image(container).orElseThrow(),
            there ? new Next.Same() : earlier.next(api));
    lookedBack.add(service);
    return service;
  }

  @Override
  public Rollout move(Service planned, Content content) {
    Inputs.EcsService wanted = planned.wanted();
    EcsApi api = api(wanted);
    ServiceState now = api.service(wanted.service());
    // The push took its time; what is delivered must not undo what somebody else did meanwhile.
    Service service =
        isAsPlanned(planned, now) ? planned : decide(api, now, wanted, planned.image());
    ServiceMove move = new ServiceMove(api, now, new ImageProof(api, service, content), progress);
    return switch (service.next()) {
      case Next.Same _ -> move.keep(content);
      case Next.Registered(String arn) -> move.to(arn);
      case Next.New(String definition) -> move.to(Registration.of(api, definition).make());
      case Next.Earlier(String arn, var anew) -> move.back(arn, anew);
    };
  }

  /// Whether the plan still holds; a way back holds or is given up.
  private boolean isAsPlanned(Service planned, ServiceState now) {
    if (now.taskDefinition().equals(planned.taskDefinition())) {
      return true;
    }
    if (planned.next() instanceof Next.Earlier(String arn, var _)
        && arn.equals(now.taskDefinition())) {
      // ECS has returned to it by itself.
      return true;
    }
    if (planned.next() instanceof Next.Earlier || lookedBack.contains(planned)) {
      throw BackProblems.movedMeanwhile(now, planned.taskDefinition());
    }
    return false;
  }

  /// ECS lets nobody in from another account, whatever the policies say.
  private void refuseOtherAccount(Inputs.EcsService wanted) {
    Optional<String> theirs = wanted.account();
    Optional<String> ours = aws.account();
    if (theirs.isPresent() && ours.isPresent() && !theirs.equals(ours)) {
      throw EcsProblems.otherAccount(wanted.service(), theirs.get(), ours.get());
    }
  }

  private EcsApi api(Inputs.EcsService wanted) {
    return new EcsApi(
        new JsonApi(aws, aws.region(wanted.region()), EcsApi.NAME), wanted.cluster(), aws.pace());
  }

  private static Service decide(
      EcsApi api, ServiceState found, Inputs.EcsService wanted, String image) {
    ServiceState service = movable(found);
    TaskDefinition current = TaskDefinition.described(api.taskDefinition(service.taskDefinition()));
    TaskDefinition base =
        wanted.taskDefinition().map(Json::read).map(TaskDefinition::of).orElse(current);
    String container = container(base, wanted.container());
    TaskDefinition next = base.with(container, image);
    return new Service(
        wanted,
        service.taskDefinition(),
        container,
        current.image(container),
        image,
        Sameness.of(next, current) ? new Next.Same() : revision(api, next));
  }

  private static ServiceState movable(ServiceState service) {
    if (!service.status().equals("ACTIVE")) {
      throw EcsProblems.notActive(service);
    }
    if (!service.controller().equals("ECS")) {
      throw EcsProblems.otherController(service);
    }
    return service;
  }

  private static String container(TaskDefinition definition, Optional<String> wanted) {
    List<String> containers = definition.containers();
    String name =
        wanted.orElseGet(() -> {
          if (containers.size() != 1) {
            throw EcsProblems.severalContainers(containers);
          }
          return containers.getFirst();
        });
    if (!containers.contains(name)) {
      throw EcsProblems.noContainer(name, containers);
    }
    return name;
  }

  private static Next revision(EcsApi api, TaskDefinition wanted) {
    return new Registration(api, wanted)
        .find()
        .<Next>map(Next.Registered::new)
        .orElseGet(() -> new Next.New(wanted.json().toString()));
  }
}
