package dev.slipway.sandbox;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.slipway.values.FileContent;
import java.util.Map;
import java.util.Optional;

/// Takes the requests of [FakeGitHub] from WireMock, keeps the journal, and lets go wrong what is
/// to go wrong.
final class FakeServer implements ResponseDefinitionTransformerV2 {
  /// What is answered.
  record Reply(int status, Map<String, String> headers, FileContent body) {}

  private final FakeGitHub gitHub;
  private final FakeRest rest;
  private final FakeGraphQl graphQl;

  FakeServer(FakeGitHub gitHub) {
    this.gitHub = gitHub;
    this.rest = new FakeRest(gitHub);
    this.graphQl = new FakeGraphQl(gitHub);
  }

  @Override
  public String getName() {
    return "github";
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    Request request = event.getRequest();
    Optional<String> token =
        Optional.ofNullable(request.getHeader("Authorization"))
            .map(value -> value.replaceFirst("(?i)^(bearer|token) ", ""));
    boolean isGraphQl = request.getUrl().equals("/graphql");
    RecordedRequest recorded =
        isGraphQl
            ? graphQl.describe(request.getBodyAsString(), token)
            : new RecordedRequest(
                request.getMethod().getName(),
                request.getUrl(),
                "",
                !request.getMethod().getName().equals("GET"),
                token);
    return switch (gitHub.record(recorded).orElse(null)) {
      case null -> response(reply(request, token, isGraphQl)).build();
      case Fault.Instead(int status, Map<String, String> headers, String body) ->
          response(new Reply(status, headers, FileContent.of(body))).build();
      case Fault.Broken _ -> broken();
      case Fault.AnswerLost _ -> {
        reply(request, token, isGraphQl);
        yield broken();
      }
      case Fault.Stalled(var delay) ->
          response(reply(request, token, isGraphQl))
              .withChunkedDribbleDelay(2, Math.toIntExact(delay.toMillis()))
              .build();
      case Fault.Overtaken(Runnable by) -> {
        by.run();
        yield response(reply(request, token, isGraphQl)).build();
      }
    };
  }

  private Reply reply(Request request, Optional<String> token, boolean isGraphQl) {
    synchronized (gitHub) {
      return isGraphQl
          ? graphQl.answer(request.getBodyAsString(), token)
          : rest.answer(request, token);
    }
  }

  private static ResponseDefinition broken() {
    return new ResponseDefinitionBuilder()
        .withFault(com.github.tomakehurst.wiremock.http.Fault.EMPTY_RESPONSE)
        .build();
  }

  private static ResponseDefinitionBuilder response(Reply reply) {
    ResponseDefinitionBuilder response =
        new ResponseDefinitionBuilder().withStatus(reply.status()).withBody(reply.body().bytes());
    reply.headers().entrySet().stream()
        .map(header -> new HttpHeader(header.getKey(), header.getValue()))
        .forEach(header -> response.withHeader(header.key(), header.firstValue()));
    return response;
  }
}
