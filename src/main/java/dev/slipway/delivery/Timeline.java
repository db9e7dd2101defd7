package dev.slipway.delivery;

import dev.slipway.template.Placeholder;
import dev.slipway.template.Reference;
import dev.slipway.template.Template;
import dev.slipway.version.Commit;
import dev.slipway.version.CommitSha;
import dev.slipway.version.ResolvedVersion;
import dev.slipway.version.VersionResolver;
import dev.slipway.version.VersionSeries;
import dev.slipway.version.VersionTag;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The history of the application repository as its image tags tell it: by versions, or by commits.
record Timeline(ApplicationRepository home, Inputs inputs, RunContext run) {
  /// Fewer digits may be a word or a number.
  static final int SHORTEST_COMMIT = 7;

  /// A point of it.
  ///
  /// @param version empty: nothing asks for it, or nobody has yet
  record Point(CommitSha commit, Optional<ResolvedVersion> version) {}

  /// Earlier and earlier points that the template tells apart.
  Stream<Point> points(Template naming) {
    return MovingTags.isOfTheVersion(naming)
        ? versions().stream()
            .filter(tag -> tag.version().isStable())
            .map(tag -> new Point(tag.commit(), version(tag)))
        : commits().reversed().stream().map(commit -> new Point(commit.sha(), Optional.empty()));
  }

  /// The point with its version, where anything asks for that: to find it out may take requests.
  Point known(Point point) {
    return point.version().isEmpty() && VersionChoice.isNeeded(inputs)
        ? new Point(point.commit(), versionOf(point.commit()))
        : point;
  }

  /// What `name` means: a version or its git tag, the beginning of a commit, or an image tag made
  /// of one of them; empty where it means none.
  Optional<Point> point(String name) {
    return ofVersion(name)
        .or(() -> read(name, Placeholder.VERSION).flatMap(this::ofVersion))
        .or(() -> read(name, Placeholder.TAG_NAME).flatMap(this::ofVersion))
        .or(() -> read(name, Placeholder.VERSION).flatMap(this::betweenReleases))
        .or(() -> ofCommit(read(name, Placeholder.SHA).orElse(name)));
  }

  private Optional<Point> ofVersion(String name) {
    return versions().stream()
        .filter(tag -> tag.name().equals(name) || tag.version().toString().equals(name))
        .findFirst()
        .map(tag -> new Point(tag.commit(), version(tag)));
  }

  /// A version that no git tag has ends in its commit, as in `1.2.3-a1b2c3d`.
  private Optional<Point> betweenReleases(String version) {
    return ofCommit(version.substring(version.lastIndexOf('-') + 1))
        .filter(point -> point.version().map(ResolvedVersion::text).equals(Optional.of(version)));
  }

  private Optional<Point> ofCommit(String name) {
    return name.length() < SHORTEST_COMMIT || !name.matches("[0-9a-f]+")
        ? Optional.empty()
        : commits().stream()
            .map(Commit::sha)
            .filter(sha -> sha.value().startsWith(name))
            .findFirst()
            .map(sha -> known(new Point(sha, Optional.empty())));
  }

  /// What stands for `placeholder` in a tag, by whichever component's template.
  private Optional<String> read(String tag, Placeholder placeholder) {
    return inputs.components().stream()
        .flatMap(Inputs.Component::templates)
        .flatMap(template -> template.read(tag).stream())
        .map(values -> values.get(new Reference(Optional.empty(), placeholder)))
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  private List<VersionTag> versions() {
    return new VersionSeries(inputs.versioning().gitTagPrefix())
        .among(home.tags().tags(), _ -> true);
  }

  private List<Commit> commits() {
    return home.log().since(Optional.empty(), run.commit());
  }

  private Optional<ResolvedVersion> version(VersionTag tag) {
    return Optional.of(resolver().resolve(tag.commit(), Optional.of(tag.name())));
  }

  private Optional<ResolvedVersion> versionOf(CommitSha commit) {
    return Optional.of(resolver().resolve(commit, Optional.empty()));
  }

  private VersionResolver resolver() {
    return new VersionResolver(
        home.tags(), inputs.versioning().gitTagPrefix(), inputs.versioning().initialVersion());
  }
}
