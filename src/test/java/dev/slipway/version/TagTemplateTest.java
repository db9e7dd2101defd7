package dev.slipway.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.image.Tag;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TagTemplateTest {
  private static final int COMMITS = 100_000;

  private static final List<Template> TEMPLATES =
      Stream.concat(
              Stream.of(
                  "{version}",
                  "{sha}",
                  "sha-{sha:7}",
                  "core-stage-{sha:8}",
                  "{major}.{minor}.{patch}-{sha:12}",
                  "v{version}",
                  "{major}.{minor}"),
              IntStream.rangeClosed(4, 40).mapToObj("{sha:%d}"::formatted))
          .map(Template::parse)
          .toList();

  @Test
  void everyCommitGivesALegalTag() {
    Random random = new Random(20260104);
    VersionResolver resolver =
        new VersionResolver(new CommitGraph(), "v", SemanticVersion.parse("1.2.3"));
    List<Tag> tags = new ArrayList<>();

    for (int i = 0; i < COMMITS; i++) {
      CommitSha sha = randomSha(random);
      ResolvedVersion version = resolver.resolve(sha, Optional.empty());
      Template template = TEMPLATES.get(i % TEMPLATES.size());
      String text = template.expand(reference -> value(reference.placeholder(), sha, version));
      tags.add(new Tag(text));
      tags.add(new Tag(version.text()));
    }

    assertThat(tags).hasSize(2 * COMMITS);
  }

  /// Every tenth commit's name is all digits at its beginning, the case that parsers trip over.
  private static CommitSha randomSha(Random random) {
    int digits = random.nextInt(10) == 0 ? 10 : 16;
    StringBuilder sha = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      sha.append(Character.forDigit(random.nextInt(i < 12 ? digits : 16), 16));
    }
    return new CommitSha(sha.toString());
  }

  private static String value(Placeholder placeholder, CommitSha sha, ResolvedVersion version) {
    return switch (placeholder) {
      case VERSION -> version.text();
      case MAJOR -> "" + version.base().major();
      case MINOR -> "" + version.base().minor();
      case PATCH -> "" + version.base().patch();
      case SHA -> sha.value();
      case REGISTRY,
          REPOSITORY,
          TAG,
          DIGEST,
          IMAGE,
          TAG_NAME,
          BRANCH,
          COMPONENT,
          RUN_ID,
          RUN_NUMBER ->
          throw new AssertionError(placeholder);
    };
  }
}
