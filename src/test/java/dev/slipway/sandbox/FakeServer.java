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
    return switch (gitHub.record(describe(request, token)).orElse(null)) {
      case null -> response(reply(request, token)).build();
      case Fault.Instead(int status, Map<String, String> headers, String body) ->
          response(new Reply(status, headers, FileContent.of(body))).build();
      case Fault.Broken _ -> broken();
      case Fault.AnswerLost _ -> {
        reply(request, token);
        yield broken();
      }
      case Fault.Stalled(var delay) ->
          response(reply(request, token))
              .withChunkedDribbleDelay(2, Math.toIntExact(delay.toMillis()))
              .build();
      case Fault.Overtaken(Runnable by) -> {
        by.run();
        yield response(reply(request, token)).build();
      }
    };
  }

  private RecordedRequest describe(Request request, Optional<String> token) {
    if (isGraphQl(request)) {
      return graphQl.describe(request.getBodyAsString(), token);
    }
    String method = request.getMethod().getName();
    return new RecordedRequest(method, request.getUrl(), "", !method.equals("GET"), token);
  }

  private static boolean isGraphQl(Request request) {
    return request.getUrl().equals("/graphql");
  }

  private Reply reply(Request request, Optional<String> token) {
    synchronized (gitHub) {
      return isGraphQl(request)
          ? graphQl.answer(request.getBodyAsString(), token)
          : checked(request, rest.answer(request, token));
    }
  }

  /// GraphQL checks itself; REST is held against GitHub's description.
  private Reply checked(Request request, Reply reply) {
    String method = request.getMethod().getName();
    gitHub.wrong(
        GitHubDescription.wrongRequest(method, request.getUrl(), request.getBodyAsString()));
    gitHub.wrong(
        GitHubDescription.wrongAnswer(
            method, request.getUrl(), reply.status(), reply.body().text().orElse("")));
    return reply;
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
