package dev.slipway.delivery;

import static dev.slipway.delivery.SampleInputs.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.problem.ActionException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Several images in one run, and which tags and digests are written.
class ComponentsTest extends DeliveryStory {
  @Test
  void aTagThatNoRegistryTakesIsRedBeforeThePush() {
    assertThatThrownBy(() -> deliver(tagged("{sha}{sha}{sha}{sha}"), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("160 characters");
    assertThat(world.events).isEmpty();
  }

  @Test
  void deliversSeveralImagesInOneCommit() {
    world.file(FILE, "core: {tag: old, digest: old}\nbatch: {tag: old}\nhost: old\n");
    SampleInputs inputs =
        SampleInputs.ofComponents()
            .component("core", "acme/core", "{component}-{sha:8}")
            .component("batch", "acme/batch", "{component}-{sha:8}")
            .update("core.tag", "{core.tag}")
            .update("core.digest", "{core.digest}")
            .update("batch.tag", "{batch.tag}")
            .update("host", "{registry}")
            .byCommit();

    Report report = deliver(inputs, run());

    assertThat(world.events)
        .containsExactly(
            "planned",
            "pushing",
            "push core-a1b2c3d0",
            "pushed",
            "pushing",
            "push batch-a1b2c3d0",
            "pushed",
            "commit core: {tag: core-a1b2c3d0, digest: %s}\nbatch: {tag: batch-a1b2c3d0}\nhost: registry.example"
                .formatted(World.DIGEST.value()),
            "rolled out",
            "finished");
    assertThat(world.gitOps.messages.getFirst())
        .startsWith("Deploy core, batch a1b2c3d\n")
        .contains("Image-Digest: core " + World.DIGEST, "Image-Digest: batch " + World.DIGEST);
    assertThat(report.plan().images())
        .extracting(PlannedImage::digest)
        .doesNotContain(Optional.empty());
  }

  @Test
  void twoComponentsMayNotBeTheSameImage() {
    SampleInputs inputs =
        SampleInputs.ofComponents()
            .component("core", "acme/app", "{sha:8}")
            .component("batch", "acme/app", "{sha:8}");

    assertThatThrownBy(() -> deliver(inputs, run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining(
            "core and batch have the same image registry.example/acme/app:a1b2c3d0");
    assertThat(world.events).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "image: {tag: old, digest: 'sha256:0123'}; image.tag; image.digest",
        "images: [{name: app, newTag: old, digest: sha256:0123}]; images[name=app].newTag; images[name=app].digest",
        "imageTag: old|imageDigest: sha256:0123; imageTag; imageDigest",
        "a: b|---|image: {tag: old, digest: 'sha256:0123'}; [document=1].image.tag; [document=1].image.digest"
      })
  void aTagIsNotMovedBesideAnOldDigest(String text, String key, String digest) {
    world.file(FILE, text.replace("|", "\n") + "\n");

    assertThatThrownBy(() -> deliver(tagged("new").update(key, "{tag}"), run()))
        .isInstanceOf(ActionException.class)
        .hasMessageContaining("`%s` in `%s` would still name the old image", digest, FILE);
    assertThat(world.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image: {tag: old, digest: ''}",
        "image: {tag: old, digest: }",
        "image: {tag: new, digest: 'sha256:0123'}",
        "image: {tag: old}",
        "image: {tag: old, digest: {sha256: x}}"
      })
  void aTagIsMovedWhereNoDigestDecides(String text) {
    world.file(FILE, text + "\n");

    deliver(tagged("new").update("image.tag", "{tag}"), run());

    assertThat(world.events).contains("finished");
  }

  @Test
  void tagAndDigestAreMovedTogether() {
    world.file(FILE, "image: {tag: old, digest: 'sha256:0123'}\n");

    deliver(tagged("new").update("image.tag", "{tag}").update("image.digest", "{digest}"), run());

    assertThat(world.gitOps.proposals.getFirst().changes().getFirst().after().text())
        .contains("image: {tag: new, digest: '%s'}\n".formatted(World.DIGEST));
  }

  @Test
  void componentsMayShareARepositoryUnderDifferentTags() {
    SampleInputs inputs =
        SampleInputs.ofComponents()
            .component("core", "acme/app", "{component}-latest")
            .component("batch", "acme/app", "{component}-latest");

    deliver(inputs, run());

    assertThat(world.events).contains("push core-latest", "push batch-latest");
  }

  @Test
  void theSameTagTwiceIsOneTag() {
    SampleInputs twice = tagged("{branch}", "feature-x", "latest");

    deliver(twice, run());

    assertThat(world.events).contains("push feature-x latest");
  }
}
