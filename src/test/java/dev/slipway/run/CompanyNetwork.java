package dev.slipway.run;

import dev.slipway.container.ContainerStep;
import dev.slipway.sandbox.ArgoCdApplication;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeArgoCd;
import dev.slipway.sandbox.FakeArgoCd.Reply;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeSts;
import dev.slipway.sandbox.PrivateAuthority;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import dev.slipway.sandbox.TlsFront;
import dev.slipway.sandbox.Wiretap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// System S1 in a company that signs the certificates of its servers itself: each of them has a
/// name of its own and speaks TLS.
final class CompanyNetwork implements AutoCloseable {
  private static final Duration DAY = Duration.ofDays(1);

  private final PrivateAuthority authority = PrivateAuthority.named("Company");
  private final FakeArgoCd argoCd = FakeArgoCd.start();
  private final Sandbox sandbox;
  private final FakeAws cloud;
  private final List<TlsFront> fronts = new ArrayList<>();
  private final List<Wiretap> taps = new ArrayList<>();

  /// Everybody whom Slipway speaks to.
  enum Server {
    HOME,
    GITOPS,
    AWS,
    RUNNER,
    ARGOCD,
    REGISTRY;

    /// All but the registry, whose place in a run with AWS is ECR's.
    static final Set<Server> BESIDE_ECR = Set.of(HOME, GITOPS, AWS, RUNNER, ARGOCD);

    /// All that a run with a registry of its own meets.
    static final Set<Server> BESIDE_A_REGISTRY = Set.of(HOME, GITOPS, REGISTRY);

    String host() {
      return name().toLowerCase(Locale.ROOT) + ".example";
    }
  }

  /// How good the certificate of a server is.
  enum Certificate {
    GOOD,
    OF_ANOTHER_HOST,
    EXPIRED
  }

  CompanyNetwork(Path folder) throws IOException {
    this.sandbox = Sandbox.start(ReplacedSystem.BACKSTAGE, folder);
    this.cloud = FakeAws.before(sandbox.ecr().endpoint());
    sandbox.ecr().add("backstage-already11");
    Path workspace = sandbox.folders().workspace();
    Files.copy(
        new SampleImages(sandbox.folders().temp(), "backstage").ociArchive().path(),
        workspace.resolve("backstage.tar"));
    Files.writeString(workspace.resolve("company.pem"), authority.pem());
  }

  /// What Java's own hosts file has to say so that the names lead here.
  static String hosts() {
    return Stream.of(Server.values())
        .map(Server::host)
        .collect(Collectors.joining(" ", "127.0.0.1 ", "\n"));
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /// Everything that the servers behind TLS were sent.
  String heard() {
    return taps.stream().map(Wiretap::heard).collect(Collectors.joining("\n"));
  }

  /// The step that copies its image from a registry behind TLS to ECR.
  ContainerStep copying() {
    String registry = front(Server.REGISTRY, Certificate.GOOD).getAuthority();
    return step(Map.of()).withVariable("INPUT_IMAGE", "docker://" + registry + "/acme/shop:1");
  }

  /// The step with some servers behind TLS, each with such a certificate, and the others as they
  /// are.
  ContainerStep step(Set<Server> behindTls, Certificate certificate) {
    return step(
        behindTls.stream()
            .collect(Collectors.toMap(server -> server, server -> front(server, certificate))));
  }

  /// The step with some servers at other addresses. Where the registry is one of them, it is not
  /// ECR's, and nothing is asked of AWS.
  ContainerStep step(Map<Server, URI> others) {
    Map<Server, URI> addresses = new EnumMap<>(Server.class);
    Stream.of(Server.values())
        .forEach(server ->
            addresses.put(
                server, Optional.ofNullable(others.get(server)).orElseGet(() -> plain(server))));
    ContainerStep step =
        sandbox
            .step()
            .withVariable("GITHUB_API_URL", addresses.get(Server.HOME).toString())
            .withVariable("INPUT_GITOPS-API-URL", addresses.get(Server.GITOPS).toString())
            .withVariable("INPUT_GITOPS-DELIVERY", "commit");
    return others.containsKey(Server.REGISTRY)
        ? toTheRegistry(step, addresses)
        : toEcr(step, addresses);
  }

  private static ContainerStep toTheRegistry(ContainerStep step, Map<Server, URI> addresses) {
    return step.withVariable("INPUT_REGISTRY", addresses.get(Server.REGISTRY).getAuthority())
        .withVariable("INPUT_REGISTRY-USERNAME", "slipway")
        .withVariable("INPUT_REGISTRY-PASSWORD", RegistryServer.PASSWORD)
        .withVariable("INPUT_CREATE-REPOSITORY", "false");
  }

  private ContainerStep toEcr(ContainerStep step, Map<Server, URI> addresses) {
    argoCd.on(
        "GET backstage",
        () -> {
          String head = sandbox.gitOps().head("main");
          return Reply.ok(
              ArgoCdApplication.of(
                      "backstage", addresses.get(Server.GITOPS) + "/SAMJOYAP/gitops.git")
                  .synced(head)
                  .health("Healthy")
                  .ended("Succeeded", head, 100)
                  .reconciledAt(101)
                  .text());
        });
    argoCd.on(
        "managed-resources backstage",
        () -> Reply.ok(ArgoCdApplication.deployment("backstage", image(), image())));
    return step.withVariable("INPUT_ROLE-TO-ASSUME", "arn:aws:iam::123456789012:role/deploy")
        .withVariable("INPUT_AWS-ENDPOINT-URL", addresses.get(Server.AWS).toString())
        .withVariable("ACTIONS_ID_TOKEN_REQUEST_URL", addresses.get(Server.RUNNER).toString())
        .withVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", FakeSts.REQUEST_TOKEN)
        .withVariable("INPUT_ARGOCD-SERVER", addresses.get(Server.ARGOCD).toString())
        .withVariable("INPUT_ARGOCD-TOKEN", Canaries.ARGOCD_TOKEN)
        .withVariable("INPUT_ARGOCD-APPLICATIONS", "backstage");
  }

  private String image() {
    return "%s/backstage-already11:1.2.3-%s"
        .formatted(sandbox.registry().host(), sandbox.application().head("main").substring(0, 7));
  }

  private URI front(Server server, Certificate certificate) {
    Wiretap tap = Wiretap.before(plain(server));
    taps.add(tap);
    TlsFront front =
        TlsFront.before(
            tap.uri(),
            switch (certificate) {
              case GOOD -> authority.server(server.host(), DAY);
              case OF_ANOTHER_HOST -> authority.server("other.example", DAY);
              case EXPIRED -> authority.server(server.host(), DAY.negated());
            });
    fronts.add(front);
    return front.uri(server.host());
  }

  private URI plain(Server server) {
    return switch (server) {
      case HOME, GITOPS -> sandbox.gitHub().apiUrl();
      case AWS -> cloud.endpoint();
      case RUNNER -> cloud.tokens();
      case ARGOCD -> argoCd.uri();
      case REGISTRY -> URI.create("http://" + sandbox.registry().host());
    };
  }

  @Override
  public void close() {
    fronts.forEach(TlsFront::close);
    taps.forEach(Wiretap::close);
    argoCd.close();
    cloud.close();
    sandbox.close();
  }
}
