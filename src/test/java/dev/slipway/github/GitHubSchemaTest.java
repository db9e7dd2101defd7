package dev.slipway.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import graphql.ParseAndValidate;
import graphql.language.AstPrinter;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.TypeDefinition;
import graphql.parser.Parser;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds our GraphQL documents to the sandbox's schema, and that, member by member, to GitHub's
/// own.
///
/// GitHub's own is in the npm package `@octokit/graphql-schema`; where its `schema.graphql` lies in
/// `target/github-schema.graphql`, the comparison runs.
class GitHubSchemaTest {
  private static final Path SUBSET = Path.of("src/test/resources/sandbox/github-subset.graphqls");
  private static final Path WHOLE = Path.of("target/github-schema.graphql");
  private static final PathFields PATHS = new PathFields(List.of("a", "b"));

  private static final List<String> DOCUMENTS =
      List.of(
          BaseBranch.document(PATHS),
          HeadBranch.document(PATHS),
          DirectCommit.document(PATHS),
          SignedCommit.DOCUMENT,
          Scratch.MOVE,
          Scratch.TIPS,
          Proposer.RETELL,
          MergeState.DOCUMENT,
          Hindrances.DOCUMENT,
          Disarming.DISABLE,
          UnneededBranch.LOOK,
          GitHubGitOpsHistory.document(PATHS),
          FileHistories.document(PATHS),
          NotedDeployment.DOCUMENT,
          GitHubDeployments.ADD_STATUS,
          Withdrawing.LOOK,
          Withdrawing.LOOK_AGAIN,
          Withdrawing.DEQUEUE,
          Withdrawing.SAY_WHY,
          Withdrawing.CLOSE,
          AutoMerge.ENABLE,
          AutoMerge.ENQUEUE);

  @TestFactory
  Stream<DynamicTest> documentsAreValidAgainstTheSubset() throws IOException {
    GraphQLSchema schema = UnExecutableSchemaGenerator.makeUnExecutableSchema(registry(SUBSET));
    return DOCUMENTS.stream()
        .map(document ->
            DynamicTest.dynamicTest(
                document.lines().findFirst().orElseThrow(),
                () ->
                    assertThat(
                            ParseAndValidate.validate(
                                schema, Parser.parse(document), _ -> true, Locale.ROOT))
                        .isEmpty()));
  }

  private static TypeDefinitionRegistry registry(Path schemaFile) throws IOException {
    ParserOptions unlimited =
        ParserOptions.newParserOptions()
            .maxTokens(Integer.MAX_VALUE)
            .maxCharacters(Integer.MAX_VALUE)
            .maxWhitespaceTokens(Integer.MAX_VALUE)
            .build();
    try (var reader = Files.newBufferedReader(schemaFile)) {
      return new SchemaParser().parse(reader, unlimited);
    }
  }

  @Test
  void theSubsetSaysNothingThatGitHubDoesNotSay() throws IOException {
    assumeTrue(Files.exists(WHOLE), "GitHub's schema is not at hand");
    var whole = registry(WHOLE).types();

    List<String> wrong = new ArrayList<>();
    registry(SUBSET)
        .types()
        .forEach((name, type) -> {
          Map<String, String> theirs =
              members(Objects.requireNonNull(whole.get(name), () -> "GitHub has no " + name));
          members(type)
              .forEach((member, text) -> {
                if (!text.equals(theirs.get(member))) {
                  wrong.add("%s.%s: %s, not %s".formatted(name, member, text, theirs.get(member)));
                }
              });
        });

    assertThat(wrong).isEmpty();
  }

  private static Map<String, String> members(TypeDefinition<?> type) {
    return switch (type) {
      case ImplementingTypeDefinition<?> object ->
          texts(
              object.getFieldDefinitions(), FieldDefinition::getName, GitHubSchemaTest::signature);
      case InputObjectTypeDefinition input ->
          texts(
              input.getInputValueDefinitions(),
              InputValueDefinition::getName,
              GitHubSchemaTest::signature);
      case EnumTypeDefinition enumeration ->
          texts(
              enumeration.getEnumValueDefinitions(),
              value -> value.getName(),
              value -> value.getName());
      default -> Map.of();
    };
  }

  private static <T> Map<String, String> texts(
      List<T> members, Function<T, String> name, Function<T, String> text) {
    return members.stream().collect(Collectors.toMap(name, text));
  }

  private static String signature(FieldDefinition field) {
    return field.getInputValueDefinitions().stream()
            .map(GitHubSchemaTest::signature)
            .sorted()
            .collect(Collectors.joining(", ", "(", "): "))
        + AstPrinter.printAst(field.getType());
  }

  private static String signature(InputValueDefinition value) {
    return "%s: %s = %s"
        .formatted(
            value.getName(),
            AstPrinter.printAst(value.getType()),
            value.getDefaultValue() == null ? "" : AstPrinter.printAst(value.getDefaultValue()));
  }
}
