package dev.slipway.registry;

import com.google.cloud.tools.jib.http.PooledHttpClient;
import com.google.cloud.tools.jib.registry.BaseImageClient;
import com.google.cloud.tools.jib.registry.PushClient;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.SecretKeeper;
import dev.slipway.image.BaseImage;
import dev.slipway.image.EcrHost;
import dev.slipway.image.ImageName;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// The registries that base images come from. The login of the registry that is pushed to is shown
/// to that one only; to every other one we are nobody in particular.
public final class BaseRegistries implements AutoCloseable {
  private final Supplier<KnownRegistry> target;
  private final RegistryConnector connector;
  private final Queue<PooledHttpClient> opened = new ConcurrentLinkedQueue<>();

  /// @param access to the registry that is pushed to
  /// @param secrets told every password and token before its first use
  public BaseRegistries(RegistryAccess access, SecretKeeper secrets) {
    this(access::registry, new RegistryConnector(Retry.patiently(), secrets));
  }

  BaseRegistries(Supplier<KnownRegistry> target, RegistryConnector connector) {
    this.target = target;
    this.connector = connector;
  }

  /// The repository of `image`. Nothing is sent yet.
  public BaseRepository repository(BaseImage.InRegistry image) {
    RegistryAddress address = RegistryAddress.of(image.name().registry());
    var http =
        new PooledHttpClient(
            RegistryConnection.CONCURRENCY,
            address.plainHttp(),
            url -> {
              if (!address.trusts(url)) {
                throw new ForeignServer(url.getHost());
              }
            });
    opened.add(http);
    var repository =
        new PushClient.Repository(address.scheme(), address.host(), image.name().repository());
    var client =
        new BaseImageClient(
            repository,
            http,
            connector.credential(login(image.name())),
            token -> connector.secrets().hide(new Secret(token)));
    return new BaseRepository(client, connector.retry(), image);
  }

  @Override
  public void close() {
    opened.forEach(PooledHttpClient::shutDown);
  }

  private RegistryLogin login(ImageName base) {
    KnownRegistry pushedTo = target.get();
    // Whoever is not ECR must not cost a request to AWS, which says where our ECR is.
    boolean canBe = !(pushedTo instanceof EcrRegistry) || mayBeEcr(base.registry());
    return canBe && pushedTo.address().equals(RegistryAddress.of(base.registry()))
        ? pushedTo.login()
        : new RegistryLogin.Anonymous();
  }

  private static boolean mayBeEcr(String host) {
    return EcrHost.parse(host).isPresent() || RegistryAddress.isThisMachine(host);
  }
}
