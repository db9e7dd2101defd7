package dev.slipway.runner;

import dev.slipway.delivery.Inputs.GitOps;
import dev.slipway.delivery.Inputs.Tags;
import dev.slipway.template.Placeholder;
import dev.slipway.template.Template;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether everything is given that the templates ask for.
final class TemplateNeeds {
  private static final Set<Placeholder> NAME =
      EnumSet.of(Placeholder.REGISTRY, Placeholder.REPOSITORY, Placeholder.IMAGE);

  private final InputTexts inputs;

  TemplateNeeds(InputTexts inputs) {
    this.inputs = inputs;
  }

  void check(Optional<Tags> tags, Optional<GitOps> gitOps) {
    List<Template> templates = new ArrayList<>();
    tags.ifPresent(given -> {
      templates.add(given.tag());
      templates.addAll(given.extra());
    });
    gitOps.ifPresent(given -> {
      given.updates().forEach(update -> templates.add(update.value()));
      given.message().commit().ifPresent(templates::add);
      given.message().title().ifPresent(templates::add);
      given.message().body().ifPresent(templates::add);
    });
    templates.forEach(this::check);
  }

  private void check(Template template) {
    if (template.uses(Placeholder.DIGEST)
        && !inputs.isGiven(Input.IMAGE)
        && !inputs.isGiven(Input.IMAGE_DIGEST)) {
      inputs.missing(
          Input.IMAGE_DIGEST,
          "`%s` asks for the digest, and no image is given".formatted(template),
          "Set `image` to push one, or `image-digest: ${{ steps.build.outputs.digest }}` when an"
              + " earlier step pushed it.");
    }
    if (NAME.stream().anyMatch(template::uses) && !inputs.isGiven(Input.REPOSITORY)) {
      inputs.missing(
          Input.REPOSITORY,
          "`%s` asks for the image's name".formatted(InputTexts.shown(template.toString())),
          "Set `registry` and `repository`.");
    }
  }
}
