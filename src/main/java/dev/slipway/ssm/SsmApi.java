package dev.slipway.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.aws.AwsAccess;
import dev.slipway.aws.JsonApi;
import dev.slipway.delivery.Ticker;
import dev.slipway.problem.ActionException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/// The requests to [Systems
/// Manager](https://docs.aws.amazon.com/systems-manager/latest/APIReference/Welcome.html) as it
/// takes them.
record SsmApi(AwsAccess aws, JsonApi api, String region) {
  /// How Systems Manager is called on the wire.
  static final JsonApi.Name NAME = new JsonApi.Name("ssm", "AmazonSSM");

  private static final int PAGE = 50;
  private static final int MOST_PAGES = 100;

  /// The run's time.
  Ticker ticker() {
    return aws.pace().ticker();
  }

  /// Sends one request, once.
  ///
  /// @throws SdkException when AWS refuses, or does not answer
  JsonNode once(String action, ObjectNode body) {
    return api.call(action, body);
  }

  /// All elements of an array that comes in pages.
  ///
  /// @param member the array's name
  /// @throws SdkException when AWS refuses, or does not answer
  List<JsonNode> pages(String action, ObjectNode body, String member) {
    List<JsonNode> all = new ArrayList<>();
    ObjectNode request = body.deepCopy().put("MaxResults", PAGE);
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode answer = api.call(action, request);
      answer.path(member).forEach(all::add);
      String next = answer.path("NextToken").asText("");
      if (next.isEmpty()) {
        break;
      }
      request.put("NextToken", next);
    }
    return all;
  }

  /// What `read` finds, asked again while AWS is only busy.
  ///
  /// @param problem what to make of a failure that stays
  <T> T patiently(Supplier<T> read, Function<SdkException, ActionException> problem) {
    try {
      return aws.insist(read);
    } catch (SdkException e) {
      throw problem.apply(e);
    }
  }
}
