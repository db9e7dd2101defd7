package dev.slipway.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amazon ECR's API on loopback: tokens for a [RegistryServer], and repositories that are not there
/// until they are made. Answers as the [API
/// reference](https://docs.aws.amazon.com/AmazonECR/latest/APIReference/Welcome.html) says.
public final class FakeEcr implements AutoCloseable {
  /// The only login it knows. The last two must appear in no output.
  public static final String KEY_ID = "AKIAIOSFODNN7CANARY0";

  public static final String SECRET_KEY = "canary-aws-secret-key";
  public static final String SESSION_TOKEN = "canary-aws-session-token";

  /// The account that every registry and repository belongs to.
  public static final String ACCOUNT = "123456789012";

  /// The alias of the account's public registry.
  public static final String ALIAS = "acme";

  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";
  private static final String PUBLIC_TARGET = "SpencerFrontendService.";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern REPOSITORY =
      Pattern.compile("/v2/(.+?)/(?:manifests|blobs|tags)/.*");

  private final String region;
  private final String registry;
  private final WireMockServer server;
  private final Set<String> repositories = ConcurrentHashMap.newKeySet();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private volatile boolean scanned;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /// An ECR in `region` whose tokens are for `registry`, a URL.
  public FakeEcr(String region, String registry) {
    this.region = region;
    this.registry = registry;
    this.server =
        new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").extensions(new Api()));
    server.stubFor(any(anyUrl()));
    server.start();
  }

  private record Refusal(String code, String message) {}

  /// For `aws-endpoint-url`.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /// Makes a repository that was always there.
  public void add(String repository) {
    repositories.add(repository);
  }

  public boolean has(String repository) {
    return repositories.contains(repository);
  }

  /// Whether a repository was made whose images are scanned when they arrive.
  public boolean scansOnPush() {
    return scanned;
  }

  /// Refuses every call of `action`, e.g. `CreateRepository`, from now on.
  public void refuse(String action, String code, String message) {
    refusals.put(action, new Refusal(code, message));
  }

  /// The actions called so far.
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /// What ECR's registry says to a request about a repository that is not there, for
  /// [RecordingProxy#always].
  public Optional<WireFault> whenMissing(RecordingProxy.Request request) {
    Matcher path = REPOSITORY.matcher(request.path());
    return path.matches() && !has(path.group(1))
        ? Optional.of(
            WireFault.refusal(
                404,
                "NAME_UNKNOWN",
                "The repository with name '%s' does not exist in the registry with id '%s'"
                    .formatted(path.group(1), ACCOUNT)))
        : Optional.empty();
  }

  @Override
  public void close() {
    server.stop();
  }

  private ResponseDefinitionBuilder answer(Request request) throws JsonProcessingException {
    String target = Optional.ofNullable(request.getHeader("X-Amz-Target")).orElse("");
    boolean isPublic = target.startsWith(PUBLIC_TARGET);
    String action = target.replace(TARGET, "").replace(PUBLIC_TARGET, "");
    calls.add(isPublic ? "public " + action : action);
    Refusal refusal = refusals.get(action);
    if (refusal != null) {
      return error(refusal.code(), refusal.message());
    }
    if (!isSigned(request, isPublic)) {
      return error(
          "UnrecognizedClientException", "The security token included in the request is invalid.");
    }
    JsonNode body = JSON.readTree(request.getBodyAsString());
    return isPublic ? publicAnswer(action, body) : privateAnswer(action, body);
  }

  private ResponseDefinitionBuilder publicAnswer(String action, JsonNode body) {
    return switch (action) {
      case "GetAuthorizationToken" ->
          ok(
              "{\"authorizationData\": {\"authorizationToken\": \"%s\", \"expiresAt\": 4102444800}}"
                  .formatted(pair()));
      case "DescribeRegistries" ->
          ok(
              "{\"registries\": [{\"registryId\": \"%s\", \"registryUri\": \"%s/%s\"}]}"
                  .formatted(ACCOUNT, URI.create(registry).getAuthority(), ALIAS));
      case "CreateRepository" -> create(ALIAS + "/" + body.path("repositoryName").asText());
      case "DeleteRepository" -> delete(ALIAS + "/" + body.path("repositoryName").asText(), body);
      default -> error("UnknownOperationException", action);
    };
  }

  private ResponseDefinitionBuilder privateAnswer(String action, JsonNode body) {
    return switch (action) {
      case "GetAuthorizationToken" -> token();
      case "CreateRepository" -> {
        scanned = scanned || body.path("imageScanningConfiguration").path("scanOnPush").asBoolean();
        yield create(body.path("repositoryName").asText());
      }
      case "DeleteRepository" -> delete(body.path("repositoryName").asText(), body);
      case "DescribeRepositories" -> describe(body.path("repositoryNames").path(0).asText());
      default -> error("UnknownOperationException", action);
    };
  }

  /// Whether the request carries a
  /// [signature](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)
  /// for this service and region. The signature itself is not calculated.
  private boolean isSigned(Request request, boolean isPublic) {
    String scope =
        isPublic
            ? KEY_ID + "/[0-9]{8}/us-east-1/ecr-public/aws4_request"
            : "%s/[0-9]{8}/%s/ecr/aws4_request".formatted(KEY_ID, region);
    return String.valueOf(request.getHeader("Authorization"))
            .matches("AWS4-HMAC-SHA256 Credential=%s, .*Signature=[0-9a-f]{64}".formatted(scope))
        && (request.getHeader("X-Amz-Security-Token") == null
            || SESSION_TOKEN.equals(request.getHeader("X-Amz-Security-Token")));
  }

  private ResponseDefinitionBuilder token() {
    return ok(
        """
        {"authorizationData": [{"authorizationToken": "%s", "expiresAt": 4102444800, "proxyEndpoint": "%s"}]}
        """
            .formatted(pair(), registry));
  }

  private static String pair() {
    String pair = "AWS:" + RegistryServer.PASSWORD;
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private ResponseDefinitionBuilder create(String name) {
    if (!repositories.add(name)) {
      return error(
          "RepositoryAlreadyExistsException",
          "The repository with name '%s' already exists in the registry with id '%s'"
              .formatted(name, ACCOUNT));
    }
    return ok("{\"repository\": %s}".formatted(repository(name)));
  }

  /// Never with force, which would take images along.
  private ResponseDefinitionBuilder delete(String name, JsonNode body) {
    if (body.path("force").asBoolean()) {
      return error("InvalidParameterException", "the sandbox deletes no images");
    }
    repositories.remove(name);
    return ok("{\"repository\": %s}".formatted(repository(name)));
  }

  private ResponseDefinitionBuilder describe(String name) {
    if (!has(name)) {
      return error(
          "RepositoryNotFoundException",
          "The repository with name '%s' does not exist in the registry with id '%s'"
              .formatted(name, ACCOUNT));
    }
    return ok("{\"repositories\": [%s]}".formatted(repository(name)));
  }

  private String repository(String name) {
    return """
    {"repositoryName": "%1$s", "registryId": "%2$s", "repositoryArn": "arn:aws:ecr:%3$s:%2$s:repository/%1$s"}
    """
        .formatted(name, ACCOUNT, region);
  }

  private static ResponseDefinitionBuilder ok(String body) {
    return ResponseDefinitionBuilder.responseDefinition()
        .withStatus(200)
        .withHeader("Content-Type", "application/x-amz-json-1.1")
        .withBody(body);
  }

  private static ResponseDefinitionBuilder error(String code, String message) {
    return ok("{\"__type\": \"%s\", \"message\": \"%s\"}".formatted(code, message))
        .withStatus(400)
        .withHeader("x-amzn-RequestId", "sandbox-request");
  }

  private final class Api implements ResponseDefinitionTransformerV2 {
    @Override
    public String getName() {
      return "ecr";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      try {
        return answer(event.getRequest()).build();
      } catch (JsonProcessingException e) {
        return error("SerializationException", "not JSON").build();
      }
    }
  }
}
