package dev.slipway.registry;

import static dev.slipway.registry.PushFaultsTest.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.aws.AwsAccess;
import dev.slipway.delivery.Inputs.Access;
import dev.slipway.delivery.Inputs.Aws;
import dev.slipway.delivery.Inputs.Login;
import dev.slipway.delivery.Pace;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.RunContext;
import dev.slipway.delivery.SampleInputs;
import dev.slipway.delivery.Secret;
import dev.slipway.delivery.Ticker;
import dev.slipway.image.ImageName;
import dev.slipway.problem.Problem;
import dev.slipway.sandbox.RegistryServer;
import dev.slipway.sandbox.WireFault;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GhcrRegistryTest {
  private static final Secret TOKEN = new Secret("canary-github-token");

  @ParameterizedTest
  @ValueSource(strings = {"ghcr", "ghcr.io"})
  void signsInAsTheActorWithTheGithubToken(String choice) {
    KnownRegistry registry = registry(choice, Optional.empty(), Optional.of(TOKEN));

    assertThat(registry)
        .isEqualTo(
            new GhcrRegistry(
                new RegistryAddress("https", "ghcr.io"),
                new RegistryLogin.OnRequest(new Login("octocat", TOKEN))));
  }

  @Test
  void prefersTheGivenLogin() {
    Login given = new Login("robot", new Secret("canary-package-token"));

    KnownRegistry registry = registry("ghcr", Optional.of(given), Optional.of(TOKEN));

    assertThat(registry.login()).isEqualTo(new RegistryLogin.OnRequest(given));
  }

  @Test
  void wantsSomeLogin() {
    Problem problem = problemOf(() -> registry("ghcr", Optional.empty(), Optional.empty()));

    assertThat(problem.what()).isEqualTo("There is no login for ghcr.io");
    assertThat(problem.fix()).contains("packages: write");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.github.com, true",
    "https://github.example.com/api/v3, false",
    "https://api.acme.ghe.com, false"
  })
  void showsTheJobsTokenToGhcrOnGithubComOnly(URI api, boolean shown) {
    Aws aws = new Aws(Optional.empty(), Optional.empty(), Optional.empty());
    Access access = new Access(Optional.of(TOKEN), Optional.empty(), api, Optional.empty(), aws);
    RegistryAccess registries =
        RegistryAccess.of(
            SampleInputs.tagged("1.0.0").build(access),
            new AwsAccess(aws, _ -> {}, Pace.of(Ticker.system())),
            runAt(api));

    Origin origin = registries.origin(new ImageName("ghcr.io", "acme/base"), SourceUse.BASE);

    assertThat(origin.login())
        .isEqualTo(
            shown
                ? new RegistryLogin.OnRequest(new Login("octocat", TOKEN))
                : new RegistryLogin.Guest());
  }

  @Test
  void lowersTheRepository() {
    KnownRegistry registry = registry("ghcr", Optional.empty(), Optional.of(TOKEN));

    assertThat(registry.name("Acme-Corp/Shop")).hasToString("ghcr.io/acme-corp/shop");
  }

  @ParameterizedTest
  @CsvSource({
    "shop, has no owner",
    "acme/sh op, does not name a repository",
    "acme//shop, does not name a repository"
  })
  void refusesARepositoryThatCannotBe(String repository, String what) {
    KnownRegistry registry = registry("ghcr", Optional.empty(), Optional.of(TOKEN));

    Problem problem = problemOf(() -> registry.name(repository));

    assertThat(problem.what()).contains("`repository`").contains(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permission_denied: write_package | Manage Actions access",
        "installation not allowed to Create organization package | `permissions: packages: write`, and check that `repository` begins with the owner",
        "installation not allowed to Write organization package | `permissions: packages: write`",
        "permission_denied: The token provided does not match expected scopes. | classic personal access token with the scope write:packages",
        "denied | fork"
      })
  void saysWhatToChangeWhenGithubDenies(String text, String fix) {
    try (RegistryServer server = RegistryServer.open();
        PushSandbox sandbox = new PushSandbox(server)) {
      sandbox.proxy.always(request ->
          request.is("POST", "/uploads/")
              ? Optional.of(WireFault.refusal(403, "DENIED", text))
              : Optional.empty());
      JibImageRegistry run = sandbox.run(behind(sandbox), MadeImage.withLayers(1, 100));

      Problem problem = problemOf(() -> sandbox.push(run, "Acme/Shop", "1.0.0"));

      assertThat(problem.what()).endsWith("does not allow the push to acme/shop");
      assertThat(problem.why()).contains(text);
      assertThat(problem.fix()).contains(fix);
    }
  }

  private static RunContext runAt(URI api) {
    return new RunContext(
        RepositoryName.parse("acme/shop"),
        new CommitSha("1".repeat(40)),
        "main",
        Optional.empty(),
        "push",
        false,
        "octocat",
        "17",
        "4",
        api,
        URI.create("https://github.example.com/acme/shop/actions/runs/17"));
  }

  private static KnownRegistry behind(PushSandbox sandbox) {
    return new GhcrRegistry(
        RegistryAddress.of(sandbox.proxy.host()), new RegistryLogin.Anonymous());
  }

  private static KnownRegistry registry(
      String choice, Optional<Login> login, Optional<Secret> token) {
    Aws aws = new Aws(Optional.empty(), Optional.empty(), Optional.empty());
    Access access =
        new Access(token, Optional.empty(), URI.create("https://api.github.com"), login, aws);
    return new RegistryAccess(
            choice.equals("ghcr") ? new RegistryChoice.Ghcr() : new RegistryChoice.Host(choice),
            false,
            access,
            new AwsAccess(aws, _ -> {}, Pace.of(Ticker.system())),
            "octocat")
        .registry();
  }
}
