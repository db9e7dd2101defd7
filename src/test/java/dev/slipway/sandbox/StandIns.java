package dev.slipway.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;

/// A GitHub and two registries as a program of their own, for scripts: `.ci/stand-ins` starts it.
///
/// It prints where they are, one `name=value` a line, and stays until it is terminated. It then
/// fails when it was asked something that the real GitHub does not know.
public final class StandIns {
  /// What loopback is called here: by its own names Slipway would not expect TLS.
  private static final String LOOPBACK = "stand-ins.test";

  /// That name as an option of `docker run`.
  static final String HOST = LOOPBACK + ":127.0.0.1";

  private static final String GITOPS = "acme/gitops";

  private StandIns() {}

  /// Starts them.
  ///
  /// @param arguments a folder, which gets `image.tar` and `authority.pem`; the address of this
  ///   machine at which they speak TLS; then the repositories that the workflows run in
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    String address = arguments[1];
    String host = address.equals("127.0.0.1") ? LOOPBACK : address;
    FakeGitHub gitHub = FakeGitHub.start();
    RegistryServer registry = RegistryServer.behindFront();
    RegistryServer open = RegistryServer.open();
    PrivateAuthority authority = PrivateAuthority.named("Stand-ins");
    var identity = authority.server(host, Duration.ofDays(1));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try (registry;
                  open) {
                gitHub.close();
              } catch (AssertionError e) {
                System.err.println(e.getMessage());
                Runtime.getRuntime().halt(1);
              }
            }));

    gitHub.repository(GITOPS).file("apps/shop/values.yaml", "image:\n  tag: \"0\" # moved\n");
    gitHub.grant(Canaries.GITOPS_TOKEN, GITOPS, FakeGitHub.Grant.WRITE);
    Arrays.stream(arguments)
        .skip(2)
        .peek(repository -> gitHub.repository(repository).file("README.md", "# App\n"))
        .forEach(name -> gitHub.grant(Canaries.GITHUB_TOKEN, name, FakeGitHub.Grant.WRITE));
    Files.copy(
        new SampleImages(folder, "shop").ociArchive().path(),
        folder.resolve("image.tar"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(folder.resolve("authority.pem"), authority.pem());

    say("github", TlsFront.before(gitHub.apiUrl(), identity, address).uri(host));
    say("github-plain", gitHub.apiUrl());
    say("github-token", Canaries.GITHUB_TOKEN);
    say("gitops-token", Canaries.GITOPS_TOKEN);
    say("registry", TlsFront.before(registry.uri(), identity, address).uri(host).getAuthority());
    say("registry-password", RegistryServer.PASSWORD);
    say("open-registry", open.host());
    Thread.currentThread().join();
  }

  private static void say(String name, Object value) {
    System.out.println(name + "=" + value);
  }
}
