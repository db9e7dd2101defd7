package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One image in memory, in an archive first and in a registry then.
final class MemoryImages implements ImageArchives, ImageRegistry {
  final Map<String, Digest> tags = new HashMap<>();
  Optional<Problem> archiveProblem = Optional.empty();
  Optional<Digest> digestBeforePush = Optional.of(World.DIGEST);
  Readiness readiness = Readiness.READY;
  boolean pushChanges = true;
  Runnable duringPush = () -> {};

  private final List<String> events;

  /// A good image, and a registry without any.
  ///
  /// @param events where it is told what is done here
  MemoryImages(List<String> events) {
    this.events = events;
  }

  @Override
  public Summary inspect(ImageSource source) {
    archiveProblem.ifPresent(problem -> {
      throw new ActionException(List.of(problem));
    });
    return new Summary(
        "OCI archive", digestBeforePush, List.of(new Platform("linux", "amd64", "")), 2, 10);
  }

  @Override
  public ImageName name(String repository) {
    return new ImageName("registry.example", repository);
  }

  @Override
  public Readiness check(ImageName name) {
    return readiness;
  }

  @Override
  public Optional<Digest> find(ImageName name, Tag tag) {
    return Optional.ofNullable(tags.get(tag.value()));
  }

  @Override
  public Pushed push(ImageSource source, ImageName name, List<Tag> pushedTags) {
    events.add("push " + pushedTags.stream().map(Tag::value).collect(Collectors.joining(" ")));
    duringPush.run();
    return new Pushed(World.DIGEST, pushChanges, pushChanges ? 2 : 0, pushChanges ? 0 : 2, 10);
  }
}
