package dev.slipway.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.sandbox.FakeServer.Reply;
import dev.slipway.sandbox.FakeTokens.Viewer;
import dev.slipway.values.FileContent;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The GraphQL part of [FakeGitHub]: real documents, really executed against GitHub's own types.
final class FakeGraphQl {
  /// The key of the viewer in the context of an execution.
  static final String VIEWER = "viewer";

  private final FakeGitHub gitHub;
  private final GraphQL graphQl;

  FakeGraphQl(FakeGitHub gitHub) {
    this.gitHub = gitHub;
    this.graphQl =
        GraphQL.newGraphQL(schema(gitHub))
            .defaultDataFetcherExceptionHandler(FakeGraphQl::translate)
            .build();
  }

  private static GraphQLSchema schema(FakeGitHub gitHub) {
    try (InputStream file =
            Objects.requireNonNull(
                FakeGraphQl.class.getResourceAsStream("/sandbox/github-subset.graphqls"));
        InputStreamReader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      return new SchemaGenerator()
          .makeExecutableSchema(new SchemaParser().parse(reader), new FakeSchema(gitHub).wiring());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RecordedRequest describe(String body, Optional<String> token) {
    OperationDefinition operation =
        Parser.parse(json(body).path("query").asText())
            .getFirstDefinitionOfType(OperationDefinition.class)
            .orElseThrow();
    return new RecordedRequest(
        "POST",
        "/graphql",
        operation.getName(),
        operation.getOperation() == OperationDefinition.Operation.MUTATION,
        token);
  }

  Reply answer(String body, Optional<String> token) {
    Viewer viewer;
    try {
      viewer = gitHub.tokens().viewer(token);
    } catch (GitHubRefusal refusal) {
      return unauthenticated(refusal.getMessage());
    }
    if (token.isEmpty()) {
      return unauthenticated("This endpoint requires you to be authenticated.");
    }
    ExecutionResult result =
        graphQl.execute(
            ExecutionInput.newExecutionInput(json(body).path("query").asText())
                .variables(
                    FakeRest.JSON.convertValue(
                        json(body).path("variables"), new TypeReference<Map<String, Object>>() {}))
                .graphQLContext(Map.of(VIEWER, viewer))
                .build());
    return FakeRest.ok(json(result));
  }

  private static Reply unauthenticated(String message) {
    return new Reply(
        401,
        Map.of(),
        FileContent.of(FakeRest.JSON.createObjectNode().put("message", message).toString()));
  }

  private static JsonNode json(String body) {
    try {
      return FakeRest.JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// GitHub puts an error's type beside its message, where graphql-java has its extensions.
  private static ObjectNode json(ExecutionResult result) {
    ObjectNode answer = FakeRest.JSON.createObjectNode();
    answer.set("data", FakeRest.JSON.valueToTree(result.getData()));
    for (GraphQLError error : result.getErrors()) {
      ObjectNode json = answer.withArray("errors").addObject().put("message", error.getMessage());
      Optional.ofNullable(error.getExtensions())
          .map(extensions -> extensions.get("type"))
          .ifPresent(type -> json.put("type", type.toString()));
      json.set(
          "path",
          FakeRest.JSON.valueToTree(Optional.ofNullable(error.getPath()).orElse(List.of())));
    }
    return answer;
  }

  private static CompletableFuture<DataFetcherExceptionHandlerResult> translate(
      DataFetcherExceptionHandlerParameters failure) {
    if (!(failure.getException() instanceof GitHubRefusal refusal)) {
      throw new AssertionError("the sandbox itself is wrong", failure.getException());
    }
    return CompletableFuture.completedFuture(
        DataFetcherExceptionHandlerResult.newResult(
                GraphqlErrorBuilder.newError(failure.getDataFetchingEnvironment())
                    .message("%s", refusal.getMessage())
                    .extensions(Map.of("type", refusal.type()))
                    .build())
            .build());
  }
}
