package dev.slipway.registry;

import dev.slipway.aws.AwsAccess;
import dev.slipway.delivery.Inputs.Access;
import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.Inputs.AwsKeys;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import dev.slipway.sandbox.FakeEcr;
import java.net.URI;
import java.util.Optional;

/// Inputs that lead to a [FakeEcr].
final class EcrInputs {
  static final String REGION = "eu-central-1";
  static final AwsKeys KEYS =
      new AwsKeys(
          new Secret(FakeEcr.KEY_ID),
          new Secret(FakeEcr.SECRET_KEY),
          Optional.of(new Secret(FakeEcr.SESSION_TOKEN)));

  private EcrInputs() {}

  /// An ECR whose registry is the one of `sandbox`.
  static FakeEcr before(PushSandbox sandbox) {
    FakeEcr ecr = new FakeEcr(REGION, "http://" + sandbox.proxy.host());
    sandbox.proxy.always(ecr::whenMissing);
    return ecr;
  }

  /// What `ecr` takes.
  static Aws aws(FakeEcr ecr) {
    return new Aws(Optional.of(KEYS), Optional.of(REGION), Optional.of(ecr.endpoint()));
  }

  static KnownRegistry registry(RegistryChoice choice, Aws aws, boolean create) {
    Access access =
        new Access(
            Optional.empty(),
            Optional.empty(),
            URI.create("https://api.github.com"),
            Optional.empty(),
            aws);
    return new RegistryAccess(
            choice,
            create,
            access,
            new AwsAccess(aws, _ -> {}, Pace.of(Ticker.system())),
            "octocat")
        .registry();
  }
}
