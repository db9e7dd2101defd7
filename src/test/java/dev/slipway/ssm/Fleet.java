package dev.slipway.ssm;

import dev.slipway.aws.AwsAccess;
import dev.slipway.delivery.Inputs;
import dev.slipway.delivery.Inputs.AwsKeys;
import dev.slipway.delivery.InstanceSelector;
import dev.slipway.delivery.OnSuperseded;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.Rollout;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.SilentProgress;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeEcr;
import dev.slipway.sandbox.FakeSsm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A [FakeSsm] with the adapter before it, whose time flies and whose events are remembered.
final class Fleet implements AutoCloseable {
  static final String REGION = "ap-northeast-2";
  static final Duration LIMIT = Duration.ofMinutes(15);

  private final FakeAws aws = FakeAws.start();
  private final List<String> told = new ArrayList<>();
  private Duration time = Duration.ZERO;

  FakeSsm ssm() {
    return aws.ssm();
  }

  /// The actions that Systems Manager was asked for.
  List<String> calls() {
    return aws.calls();
  }

  /// What the run was told, in order.
  List<String> told() {
    return told;
  }

  /// How long it took.
  Duration time() {
    return time;
  }

  /// Those that have the tag `Name=web`.
  static InstanceSelector web() {
    return new InstanceSelector.Tagged(new TreeMap<>(Map.of("Name", List.of("web"))));
  }

  static InstanceSelector named(String... ids) {
    return new InstanceSelector.Named(List.of(ids));
  }

  Rollout deliver(InstanceSelector targets) {
    SsmRemoteScripts scripts = scripts();
    Inputs.RemoteScript wanted =
        new Inputs.RemoteScript(targets, "./deploy.sh", "root", LIMIT, OnSuperseded.SKIP);
    return scripts.run(scripts.look(wanted), new TreeMap<>(Map.of("IMAGE_TAG", "1.2.3")));
  }

  /// The problems of a delivery that must be red.
  List<Problem> problems(InstanceSelector targets) {
    try {
      deliver(targets);
    } catch (ActionException e) {
      return e.problems();
    }
    throw new AssertionError("the delivery is green: " + told);
  }

  @Override
  public void close() {
    aws.close();
  }

  private SsmRemoteScripts scripts() {
    AwsKeys keys =
        new AwsKeys(new Secret(FakeEcr.KEY_ID), new Secret(FakeEcr.SECRET_KEY), Optional.empty());
    Inputs.Aws access =
        new Inputs.Aws(Optional.of(keys), Optional.of(REGION), Optional.of(aws.endpoint()));
    return new SsmRemoteScripts(
        new AwsAccess(access, _ -> {}, Pace.of(new FlyingTime())),
        new RecordedProgress(),
        URI.create("https://github.com/acme/shop/actions/runs/17"));
  }

  private final class FlyingTime implements Ticker {
    @Override
    public Duration elapsed() {
      return time;
    }

    @Override
    public void pause(Duration longest) {
      time = time.plus(longest);
    }
  }

  private final class RecordedProgress extends SilentProgress {
    @Override
    public void scriptSent(String command) {
      told.add("sent " + command);
    }

    @Override
    public void printed(String machine, String output) {
      told.add("printed by %s: %s".formatted(machine, output));
    }

    @Override
    public void waiting(String where, String state) {
      told.add("%s: %s".formatted(where, state));
    }
  }
}
