package dev.slipway.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// An API of AWS that speaks [JSON
/// 1.1](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html), spoken to without a model
/// in between: a client that was built last year drops the members that the API has got since, and
/// what it reads and writes back is then no longer the same.
public final class JsonApi {
  private static final int MOST_BYTES = 8 << 20;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

  private final AwsAccess aws;
  private final Region region;
  private final Name name;

  /// @param region of every request
  public JsonApi(AwsAccess aws, Region region, Name name) {
    this.aws = aws;
    this.region = region;
    this.name = name;
  }

  /// What the API is called.
  ///
  /// @param service in hosts and signatures, e.g. `ecs`
  /// @param target before the action, e.g. `AmazonEC2ContainerServiceV20141113`
  public record Name(String service, String target) {}

  /// Sends one request, and again with new credentials where those of a role have expired.
  ///
  /// @throws AwsServiceException when AWS refuses
  /// @throws SdkClientException when there is no answer
  /// @throws dev.slipway.problem.ActionException when there are no credentials
  public JsonNode call(String action, JsonNode body) {
    try {
      return once(action, body);
    } catch (AwsServiceException e) {
      // It was refused, so it did nothing.
      if (AwsProblems.isExpired(e) && aws.renew()) {
        return once(action, body);
      }
      throw e;
    }
  }

  /// The same, and again while AWS is out of order.
  ///
  /// @throws AwsServiceException when AWS refuses
  /// @throws SdkClientException when there is no answer
  /// @throws dev.slipway.problem.ActionException when there are no credentials
  public JsonNode insist(String action, JsonNode body) {
    return aws.insist(() -> call(action, body));
  }

  private JsonNode once(String action, JsonNode body) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    ContentStreamProvider content = ContentStreamProvider.fromByteArray(bytes);
    SdkHttpRequest request = request(action, bytes.length);
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(to ->
                to.identity(aws.credentials(region))
                    .request(request)
                    .payload(content)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, name.service())
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
    try (SdkHttpClient client = aws.http()) {
      ExecutableHttpRequest exchange =
          client.prepareRequest(
              HttpExecuteRequest.builder()
                  .request(signed.request())
                  .contentStreamProvider(signed.payload().orElse(content))
                  .build());
      try (AnswerLimit limit = AnswerLimit.of(aws.pace().answer(LONGEST_ANSWER), exchange::abort)) {
        return read(exchange.call(), limit);
      }
    } catch (IOException | UncheckedIOException e) {
      throw SdkClientException.create("no answer", e);
    }
  }

  private SdkHttpRequest request(String action, int length) {
    String own =
        "https://%s.%s.%s"
            .formatted(name.service(), region.id(), PartitionMetadata.of(region).dnsSuffix());
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.POST)
        .uri(aws.endpoint(URI.create(own)))
        .putHeader("Content-Type", "application/x-amz-json-1.1")
        // With a length that is known, Java streams the body; else it would send a request whose
        // answer is lost a second time, and say nothing of it.
        .putHeader("Content-Length", String.valueOf(length))
        .putHeader("X-Amz-Target", name.target() + "." + action)
        .build();
  }

  private static JsonNode read(HttpExecuteResponse response, AnswerLimit limit) throws IOException {
    byte[] bytes;
    try (InputStream body =
        limit.on(
            response
                .responseBody()
                .orElseGet(() -> AbortableInputStream.create(InputStream.nullInputStream())))) {
      bytes = body.readNBytes(MOST_BYTES);
    }
    JsonNode json = parse(bytes);
    if (response.httpResponse().isSuccessful() && json.isObject()) {
      return json;
    }
    throw refused(response, json);
  }

  private static JsonNode parse(byte[] bytes) throws IOException {
    try {
      return Json.MAPPER.readTree(bytes);
    } catch (JsonProcessingException _) {
      return Json.MAPPER.missingNode();
    }
  }

  private static AwsServiceException refused(HttpExecuteResponse response, JsonNode json) {
    String type =
        response
            .httpResponse()
            .firstMatchingHeader("x-amzn-ErrorType")
            .or(() -> Optional.of(json.path("__type").asText()))
            .map(text -> text.replaceFirst(".*#", "").replaceFirst(":.*", ""))
            .orElse("");
    String message = json.path("message").asText(json.path("Message").asText());
    return AwsServiceException.builder()
        .message(message)
        .statusCode(response.httpResponse().statusCode())
        .requestId(
            response.httpResponse().firstMatchingHeader("x-amzn-RequestId").orElse("unknown"))
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(type).errorMessage(message).build())
        .build();
  }
}
