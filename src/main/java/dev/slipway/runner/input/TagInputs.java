package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.Versioning;
import dev.slipway.delivery.Releasing;
import dev.slipway.image.Tag;
import dev.slipway.runner.Blanks;
import dev.slipway.runner.Environment;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Template;
import dev.slipway.version.SemanticVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The inputs that say which tags the image gets.
final class TagInputs {
  // Version tags become the output `tag-name`, so the prefix is narrower than what git allows.
  private static final Pattern PREFIX = Pattern.compile("(?![/-])[0-9A-Za-z._@/+-]*");

  private final InputTexts inputs;
  private final Environment environment;

  TagInputs(InputTexts inputs, Environment environment) {
    this.inputs = inputs;
    this.environment = environment;
  }

  /// How git tags become versions.
  Versioning versioning(Optional<Releasing> releasing) {
    return new Versioning(
        prefix(),
        inputs.parsed(
            Input.INITIAL_VERSION,
            TagInputs::version,
            "Write a semantic version without the prefix, such as `initial-version: 0.1.0`."),
        releasing);
  }

  /// The image tag. Empty, with a problem, when it is wrong.
  Optional<Template> tag() {
    return inputs.text(Input.TAG).flatMap(text -> template(Input.TAG, text));
  }

  /// Further tags; what is wrong is left out and has become a problem.
  List<Template> extraTags() {
    return inputs.list(Input.EXTRA_TAGS).stream()
        .flatMap(text -> template(Input.EXTRA_TAGS, text).stream())
        .toList();
  }

  /// A tag as it may be written in `input`. Empty, with a problem, when it is wrong.
  Optional<Template> template(Input input, String text) {
    return inputs.parsed(
        input,
        switch (text) {
          case "semver" -> "{version}";
          // As docker/metadata-action's `type=sha` writes it.
          case "sha" -> "sha-{sha:7}";
          default -> text;
        },
        TagInputs::tagTemplate,
        "Write `semver`, `sha`, or a template such as `{branch}-{sha:8}`.");
  }

  private static Template tagTemplate(String text) {
    Template template = Template.parse(text);
    for (Placeholder forbidden : List.of(Placeholder.TAG, Placeholder.IMAGE, Placeholder.DIGEST)) {
      if (template.uses(forbidden)) {
        throw new IllegalArgumentException(
            "`{%s}` is not known before the tag is".formatted(forbidden.text()));
      }
    }
    checkLiterals(template);
    return template;
  }

  /// What stands between the placeholders must fit into a tag, whatever they become.
  private static void checkLiterals(Template template) {
    String shortest = template.expand(_ -> "0");
    try {
      var _ = new Tag(shortest);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "an image tag has at most 128 letters, digits, `_`, `.` and `-`, and begins with neither"
              + " `.` nor `-`",
          e);
    }
  }

  /// Given empty is an answer here: version tags without a prefix.
  private String prefix() {
    String prefix =
        environment
            .get(Input.GIT_TAG_PREFIX.variable())
            .map(Blanks::trim)
            .orElse(Input.GIT_TAG_PREFIX.fallback());
    if (!PREFIX.matcher(prefix).matches() || prefix.contains("..") || prefix.contains("//")) {
      inputs.wrong(
          Input.GIT_TAG_PREFIX,
          prefix,
          "no git tag that Slipway reads or makes begins like that",
          "Use letters, digits and `. _ @ / + -`, not beginning with `/` or `-`, such as `v` or `shop/v`.");
    }
    return prefix;
  }

  private static SemanticVersion version(String text) {
    SemanticVersion version =
        SemanticVersion.parse(text)
            .orElseThrow(() -> new IllegalArgumentException("it is not a semantic version"));
    if (!version.build().isEmpty()) {
      throw new IllegalArgumentException("build metadata, `+...`, is legal in no image tag");
    }
    return version;
  }
}
