package dev.slipway.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.container.ContainerStep;
import dev.slipway.container.ProcessRunner;
import dev.slipway.container.StepResult;
import dev.slipway.sandbox.Canaries;
import dev.slipway.sandbox.FakeAws;
import dev.slipway.sandbox.FakeEcr;
import dev.slipway.sandbox.FakeSts;
import dev.slipway.sandbox.RecordingProxy;
import dev.slipway.sandbox.RecordingProxy.Request;
import dev.slipway.sandbox.SampleImages;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.Sandbox.ReplacedSystem;
import dev.slipway.sandbox.WireFault;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole runs, with debug logging, in which one action of AWS quotes its request back: no secret is
/// shown to anybody. [EchoedSecretsTest] has the other servers, and STS.
class EchoedAwsSecretsTest {
  @TempDir private Path folder;

  static Stream<Arguments> answers() {
    return Stream.of(
            Arguments.of(ReplacedSystem.BACKSTAGE, "CreateRepository"),
            Arguments.of(ReplacedSystem.POPCON, "GetAuthorizationToken"),
            Arguments.of(ReplacedSystem.VOJ, "DescribeServices"),
            Arguments.of(ReplacedSystem.VOJ, "RegisterTaskDefinition"),
            Arguments.of(ReplacedSystem.VOJ, "UpdateService"),
            Arguments.of(ReplacedSystem.POPCON, "DescribeInstanceInformation"),
            Arguments.of(ReplacedSystem.POPCON, "SendCommand"),
            Arguments.of(ReplacedSystem.POPCON, "ListCommandInvocations"),
            Arguments.of(ReplacedSystem.POPCON, "GetCommandInvocation"))
        .flatMap(action ->
            Stream.of(200, 400, 403, 503)
                .map(status -> Arguments.of(action.get()[0], action.get()[1], status)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void endRedWithoutShowingASecretToAnybody(ReplacedSystem system, String action, int status)
      throws IOException {
    try (Sandbox sandbox = Sandbox.start(system, folder);
        FakeAws cloud = cloud(sandbox, system);
        RecordingProxy aws = RecordingProxy.before(cloud.endpoint().getAuthority())) {
      aws.always(
          request -> is(action, request) ? Optional.of(echo(request, status)) : Optional.empty());

      StepResult result = new ProcessRunner(sandbox.folders()).run(step(sandbox, cloud, aws));

      assertThat(result.exitCode()).as(result.shown()).isOne();
      assertThat(aws.requests()).as("somebody came").anyMatch(request -> is(action, request));
      assertThat(result.log()).anyMatch(line -> line.startsWith("::error "));
      Canaries.assertAbsentFrom(
          result.log().stream()
              .filter(line -> !line.startsWith("::add-mask::"))
              .collect(Collectors.joining("\n")));
      Canaries.assertAbsentFrom(result.outputs() + result.summary());
      Canaries.assertAbsentFrom(sandbox.gitHub().writes().toString());
    }
  }

  private static FakeAws cloud(Sandbox sandbox, ReplacedSystem system) throws IOException {
    List.of("voj-backend-api", "dev-app").forEach(sandbox.ecr()::add);
    for (String name : List.of("backstage", "voj", "backend")) {
      Files.copy(
          new SampleImages(sandbox.folders().temp(), name).ociArchive().path(),
          sandbox.folders().workspace().resolve(name + ".tar"));
    }
    FakeAws cloud = FakeAws.before(sandbox.ecr().endpoint());
    if (system.equals(ReplacedSystem.VOJ)) {
      cloud
          .ecs()
          .runs(
              sandbox
                  .fixture("workspace/.github/ecs/taskdef.json")
                  .replace("<to-be-replaced>", "voj:old"));
    }
    cloud.ssm().machine("i-0123456789abcdef0").tag("Name", "popcon");
    return cloud;
  }

  private static ContainerStep step(Sandbox sandbox, FakeAws cloud, RecordingProxy aws) {
    return sandbox
        .step()
        .withVariable("INPUT_AWS-ENDPOINT-URL", "http://" + aws.host())
        .withVariable("AWS_SESSION_TOKEN", FakeEcr.SESSION_TOKEN)
        .withVariable("ACTIONS_ID_TOKEN_REQUEST_URL", cloud.tokens().toString())
        .withVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", FakeSts.REQUEST_TOKEN)
        .withVariable("RUNNER_DEBUG", "1");
  }

  private static boolean is(String action, Request request) {
    return request.headers().getOrDefault("X-Amz-Target", "").endsWith("." + action);
  }

  /// What came, as it is, in Base64 and escaped, in every field that anybody reads a reason from.
  private static WireFault echo(Request request, int status) {
    String text =
        request.headers().entrySet().stream()
            .map(header ->
                "%s: %s %s %s"
                    .formatted(
                        header.getKey(),
                        header.getValue(),
                        URLEncoder.encode(header.getValue(), StandardCharsets.UTF_8),
                        Base64.getEncoder()
                            .encodeToString(header.getValue().getBytes(StandardCharsets.UTF_8))))
            .collect(Collectors.joining(" "));
    assertThat(text).contains(FakeEcr.SESSION_TOKEN);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("message", "Message", "CommandId", "Status", "StatusDetails")) {
      body.put(field, text);
    }
    body.put("__type", "ValidationException");
    return new WireFault.Answer(
        status, Map.of("Content-Type", "application/x-amz-json-1.1"), body.toString());
  }
}
