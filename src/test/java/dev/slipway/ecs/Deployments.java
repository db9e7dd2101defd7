package dev.slipway.ecs;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.aws.AwsAccess;
import dev.slipway.aws.Json;
import dev.slipway.delivery.EcsCluster.Content;
import dev.slipway.delivery.EcsCluster.Goal;
import dev.slipway.delivery.EcsCluster.Next;
import dev.slipway.delivery.EcsCluster.Service;
import dev.slipway.delivery.FakeTicker;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.Inputs.AwsKeys;
import dev.slipway.delivery.OnSuperseded;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Rollout;
import dev.slipway.delivery.Rollout.ServiceRuns;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.SilentProgress;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageReference;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeEcr;
import dev.slipway.sandbox.FakeEcs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Deployments of the image [#NEW] to a service that runs another one, against a [FakeEcs].
final class Deployments implements AutoCloseable {
  static final String NEW = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/voj-api:sha-2222222";
  static final String FILE =
      """
      {"family": "voj-api", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
       "requiresCompatibilities": ["FARGATE"],
       "containerDefinitions": [{"name": "api", "image": "<to-be-replaced>",
         "portMappings": [{"containerPort": 8000}],
         "environment": [{"name": "STAGE", "value": "prod"}]}]}
      """;

  final FakeAws cloud = FakeAws.start();
  final FakeTicker ticker = new FakeTicker();
  final List<String> log = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final String first = ecs().runs(FILE.replace("<to-be-replaced>", "voj-api:sha-1111111"));
  Duration limit = Duration.ofMinutes(15);
  Content content = new Content(false, Optional.empty(), Optional.empty());
  private final AwsEcsCluster adapter = adapter();
  private String cluster = FakeEcs.CLUSTER;
  private String service = FakeEcs.SERVICE;
  private Optional<String> definition = Optional.empty();
  private Optional<String> container = Optional.empty();

  /// With records of deployments, as ECS keeps them today.
  static Deployments recorded() {
    Deployments deployments = new Deployments();
    deployments.ecs().recordsDeployments();
    return deployments;
  }

  FakeEcs ecs() {
    return cloud.ecs();
  }

  void cluster(String name) {
    cluster = name;
  }

  void service(String name) {
    service = name;
  }

  void container(String name) {
    container = Optional.of(name);
  }

  void definition(String json) {
    definition = Optional.of(json);
  }

  Service look() {
    return adapter.look(wanted(), image());
  }

  Rollout deploy() {
    return adapter.move(look(), content);
  }

  /// How the service is deployed, e.g. `BLUE_GREEN`.
  void strategy(String name) {
    ecs().service().withObject("/deploymentConfiguration").put("strategy", name);
  }

  /// Registers a version, and has the service run it well.
  String ran(String version) {
    return ecs().runs(definition(version, "prod"));
  }

  /// Registers a version, and has the service begin to move to it.
  String begun(String version) {
    String arn = ecs().has(definition(version, "prod"));
    ecs().begins(arn);
    return arn;
  }

  static String definition(String version, String stage) {
    return FILE.replace("<to-be-replaced>", "voj-api:" + version).replace("prod", stage);
  }

  /// The ARN of a revision; the first runs from the beginning.
  static String arn(int revision) {
    return "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/voj-api:" + revision;
  }

  /// A plan to return to a definition as it is.
  static Next back(String arn) {
    return new Next.Earlier(arn, Optional.empty());
  }

  /// The service runs one definition, and ran another before.
  static Rollout runs(String now, String before, boolean moved) {
    return new ServiceRuns(FakeEcs.SERVICE, now, before, moved);
  }

  Service lookBack(Goal goal) {
    return adapter.lookBack(wanted(), goal);
  }

  Service lookBack() {
    return lookBack(new Goal.Previous());
  }

  Rollout move(Service service) {
    return adapter.move(service, content);
  }

  Rollout rollBack() {
    return move(lookBack());
  }

  /// Rolls back in vain.
  Problem problem(Goal goal) {
    return catchThrowableOfType(ActionException.class, () -> move(lookBack(goal)))
        .problems()
        .getFirst();
  }

  /// Moves the service in vain.
  Problem problem(Service planned) {
    return catchThrowableOfType(ActionException.class, () -> move(planned)).problems().getFirst();
  }

  /// After a push that pointed the tag at other content.
  Rollout deployMoved() {
    return adapter.move(look(), new Content(true, content.digest(), content.parts()));
  }

  /// Deploys in vain.
  Problem problem() {
    return catchThrowableOfType(ActionException.class, this::deploy).problems().getFirst();
  }

  /// The last registered definition.
  JsonNode registered() {
    return Json.read(ecs().registered().getLast());
  }

  @Override
  public void close() {
    cloud.close();
  }

  private AwsEcsCluster adapter() {
    AwsKeys keys =
        new AwsKeys(new Secret(FakeEcr.KEY_ID), new Secret(FakeEcr.SECRET_KEY), Optional.empty());
    AwsAccess access =
        new AwsAccess(
            new Aws(
                Optional.of(keys), Optional.of("ap-northeast-2"), Optional.of(cloud.endpoint())),
            _ -> {},
            Pace.of(ticker));
    return new AwsEcsCluster(access, new RecordedProgress());
  }

  private Inputs.EcsService wanted() {
    return new Inputs.EcsService(cluster, service, definition, container, limit, OnSuperseded.SKIP);
  }

  private static ImageReference image() {
    return new ImageName("123456789012.dkr.ecr.ap-northeast-2.amazonaws.com", "voj-api")
        .tagged(new Tag("sha-2222222"));
  }

  private final class RecordedProgress extends SilentProgress {
    @Override
    public void begun(String what) {
      log.add(what);
    }

    @Override
    public void waiting(String where, String state) {
      log.add(where + ": " + state);
    }

    @Override
    public void warning(String what, String fix) {
      warnings.add(what);
    }
  }
}
