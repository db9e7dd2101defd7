package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.Component;
import dev.slipway.delivery.Operation;
import dev.slipway.delivery.RegistryChoice;
import dev.slipway.image.Digest;
import dev.slipway.image.ImageSource;
import dev.slipway.template.Template;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The images of the run: one by `image` and `repository`, or several by `images`.
final class ComponentInputs {
  private final InputTexts inputs;
  private final RegistryInputs registries;
  private final TagInputs tags;
  private final LocalFiles files;

  ComponentInputs(InputTexts inputs, LocalFiles files, RegistryInputs registries, TagInputs tags) {
    this.inputs = inputs;
    this.registries = registries;
    this.tags = tags;
    this.files = files;
  }

  /// At least one; what is wrong is left out and has become a problem.
  List<Component> read(Optional<RegistryChoice> registry, Operation operation) {
    ImageSourceInput sources =
        new ImageSourceInput(
            inputs, files, inputs.isGiven(Input.IMAGES) ? Input.IMAGES : Input.IMAGE);
    List<Component> components =
        switch (operation) {
          case Operation.Deploy _ -> components(registry, sources::read);
          // What was built last is none of its business, and need not be there.
          case Operation.Rollback _ -> components(registry, _ -> Optional.empty());
        };
    sources.refuseUnusedSettings();
    return components;
  }

  private List<Component> components(
      Optional<RegistryChoice> registry, Function<String, Optional<ImageSource>> sources) {
    Optional<Template> tag = tags.tag();
    List<Template> extraTags = tags.extraTags();
    if (inputs.isGiven(Input.IMAGES)) {
      refuseBoth(Input.IMAGE);
      refuseBoth(Input.REPOSITORY);
      refuseBoth(Input.IMAGE_DIGEST);
      return new ImagesInput(inputs, registries, tags, sources).read(registry, tag, extraTags);
    }
    Optional<ImageSource> source = inputs.text(Input.IMAGE).flatMap(sources);
    return single(registry, source, tag, extraTags).stream().toList();
  }

  private void refuseBoth(Input input) {
    if (inputs.isGiven(input)) {
      inputs.add(
          "The inputs `images` and `%s` exclude each other".formatted(input.text()),
          "`images` says it for each component",
          "Move it into an entry of `images`, or use it without `images`.");
    }
  }

  private Optional<Component> single(
      Optional<RegistryChoice> registry,
      Optional<ImageSource> source,
      Optional<Template> tag,
      List<Template> extraTags) {
    Optional<String> repository =
        inputs
            .text(Input.REPOSITORY)
            .flatMap(text -> registries.path(Input.REPOSITORY, text, registry));
    if (!inputs.isGiven(Input.REPOSITORY)
        && (inputs.isGiven(Input.REGISTRY) || inputs.isGiven(Input.IMAGE))) {
      inputs.missing(
          Input.REPOSITORY,
          inputs.isGiven(Input.IMAGE) ? "`image` is to be pushed somewhere" : "the two go together",
          "Name the path in the registry, such as `repository: acme/shop`.");
    }
    Optional<Digest> digest = givenDigest();
    return tag.map(
        known -> new Component(Optional.empty(), repository, source, digest, known, extraTags));
  }

  /// The digest of an image that an earlier step pushed.
  private Optional<Digest> givenDigest() {
    if (inputs.isGiven(Input.IMAGE) && inputs.isGiven(Input.IMAGE_DIGEST)) {
      inputs.add(
          "The inputs `image` and `image-digest` exclude each other",
          "the digest of what is pushed follows from the image itself",
          "Remove `image-digest`; or remove `image` when an earlier step pushed it already.");
    }
    return inputs.parsed(
        Input.IMAGE_DIGEST,
        Digest::new,
        "Write the digest that docker/build-push-action reports, such as `image-digest:"
            + " ${{ steps.build.outputs.digest }}`: `sha256:` and 64 hexadecimal digits.");
  }
}
