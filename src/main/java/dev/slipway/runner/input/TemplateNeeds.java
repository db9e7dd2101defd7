package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.Component;
import dev.slipway.delivery.Inputs.GitOps;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Reference;
import dev.slipway.template.Template;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether everything is given that the templates ask for.
final class TemplateNeeds {
  private final InputTexts inputs;
  private final List<Component> components;

  TemplateNeeds(InputTexts inputs, List<Component> components) {
    this.inputs = inputs;
    this.components = components;
  }

  void check(Optional<GitOps> gitOps) {
    for (Component component : components) {
      check(component.tag(), List.of(component));
      component.extraTags().forEach(template -> check(template, List.of(component)));
    }
    gitOps.stream().flatMap(GitOps::templates).forEach(template -> check(template, components));
  }

  /// @param around the components that a placeholder without a component's name may mean
  private void check(Template template, List<Component> around) {
    template.references().forEach(reference -> check(template, reference, around));
  }

  private void check(Template template, Reference reference, List<Component> around) {
    List<Component> meant =
        reference.component().isEmpty()
            ? around
            : components.stream()
                .filter(component -> component.name().equals(reference.component()))
                .toList();
    if (meant.isEmpty() && reference.component().isPresent()) {
      unknown(template, reference);
    } else if (meant.size() > 1 && needsOne(reference.placeholder())) {
      ambiguous(template, reference);
    } else {
      meant.forEach(component -> check(template, reference.placeholder(), component));
    }
  }

  /// All components share the registry.
  private static boolean needsOne(Placeholder placeholder) {
    return placeholder == Placeholder.COMPONENT
        || (placeholder.isOfAnImage() && placeholder != Placeholder.REGISTRY);
  }

  private void unknown(Template template, Reference reference) {
    inputs.add(
        "`%s` names no component".formatted(reference),
        "it stands in `%s`".formatted(shown(template)),
        components.stream().allMatch(component -> component.name().isEmpty())
            ? "Write `{%s}`: there is one image.".formatted(reference.placeholder().text())
            : "Write the name of one of the components: %s.".formatted(names()));
  }

  private void ambiguous(Template template, Reference reference) {
    inputs.add(
        "`%s` has a value for each component".formatted(reference),
        "it stands in `%s`, and the components are %s".formatted(shown(template), names()),
        reference.placeholder() == Placeholder.COMPONENT
            ? "Write the component's name itself."
            : "Say whose, such as `{%s.%s}`."
                .formatted(
                    components.getFirst().name().orElse(""), reference.placeholder().text()));
  }

  private String names() {
    return components.stream()
        .flatMap(component -> component.name().stream())
        .collect(Collectors.joining(", "));
  }

  private void check(Template template, Placeholder placeholder, Component component) {
    switch (placeholder) {
      case DIGEST -> checkDigest(template, component);
      case REGISTRY, REPOSITORY, IMAGE -> checkName(template);
      case COMPONENT -> checkComponent(template, component);
      case TAG, VERSION, MAJOR, MINOR, PATCH, TAG_NAME, SHA, BRANCH, RUN_ID, RUN_NUMBER -> {
        // Every run has them, or finds out whether it has.
      }
    }
  }

  private void checkDigest(Template template, Component component) {
    if (component.name().isPresent() && component.source().isEmpty()) {
      inputs.add(
          "The component %s has no `image`".formatted(component.name().get()),
          "`%s` asks for its digest, which only a push brings out".formatted(shown(template)),
          "Add `image` to its entry of `images`, or deliver it by its tag.");
    }
    if (component.name().isEmpty()
        && !inputs.isGiven(Input.IMAGE)
        && !inputs.isGiven(Input.IMAGE_DIGEST)) {
      inputs.missing(
          Input.IMAGE_DIGEST,
          "`%s` asks for the digest, and no image is given".formatted(shown(template)),
          "Set `image` to push one, or `image-digest: ${{ steps.build.outputs.digest }}` when an"
              + " earlier step pushed it.");
    }
  }

  private void checkName(Template template) {
    if (!inputs.isGiven(Input.REPOSITORY) && !inputs.isGiven(Input.IMAGES)) {
      inputs.missing(
          Input.REPOSITORY,
          "`%s` asks for the image's name".formatted(shown(template)),
          "Set `registry` and `repository`.");
    }
  }

  private void checkComponent(Template template, Component component) {
    if (component.name().isEmpty()) {
      inputs.missing(
          Input.IMAGES,
          "`%s` asks for a component, and there is one image without a name"
              .formatted(shown(template)),
          "Write the name itself, or set `images` instead of `image` and `repository`.");
    }
  }

  private static String shown(Template template) {
    return InputTexts.shown(template.toString());
  }
}
