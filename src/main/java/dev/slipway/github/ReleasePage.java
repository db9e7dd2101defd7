package dev.slipway.github;

import dev.slipway.delivery.Releases.Operation;
import dev.slipway.delivery.Releases.Page;
import dev.slipway.delivery.Releases.Publication;
import dev.slipway.delivery.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.kohsuke.github.GHRelease;
import org.kohsuke.github.GHReleaseBuilder.MakeLatest;
import org.kohsuke.github.GHRepository;

/// Brings the GitHub Release of a tag to what it is to say, and never makes a second one.
final class ReleasePage {
  private static final int PAGE = 100;

  /// Newest first, so a draft that somebody still wants is among them.
  private static final int MOST_RELEASES = 1_000;

  private final Library library;
  private final Attempts attempts;
  private final RepositoryName repository;
  private final Publication wanted;

  ReleasePage(GitHubApi api, RepositoryName repository, Publication wanted) {
    this.library = api.library();
    this.attempts = new Attempts(api.waiting());
    this.repository = repository;
    this.wanted = wanted;
  }

  Page settle() {
    while (true) {
      Optional<GHRelease> present =
          library.call(this::published).or(() -> library.call(this::draft));
      try {
        return present.map(this::complete).orElseGet(this::create);
      } catch (Lost lost) {
        attempts.failed(lost);
      } catch (Refused refused) {
        // Another run published it since the look.
        if (refused.status() != 422 || !refused.says("already_exists")) {
          throw refused;
        }
        attempts.failed(refused);
      }
    }
  }

  private Optional<GHRelease> published() throws IOException {
    try {
      return Optional.ofNullable(home().getReleaseByTagName(tagName()));
    } catch (Refused refused) {
      if (refused.isNotFound()) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /// [A draft](https://docs.github.com/en/rest/releases/releases#list-releases) has no tag yet,
  /// only the name of one, so that it is found in the list alone.
  private Optional<GHRelease> draft() {
    int looked = 0;
    for (GHRelease release : home().listReleases().withPageSize(PAGE)) {
      if (tagName().equals(release.getTagName())) {
        return Optional.of(release);
      }
      if (++looked == MOST_RELEASES) {
        break;
      }
    }
    return Optional.empty();
  }

  private Page create() {
    return page(
        library.call(() ->
            home()
                .createRelease(tagName())
                // Heeded only if the tag is gone meanwhile: then not on the default branch's tip.
                .commitish(wanted.commit().value())
                .name(wanted.title())
                .body(wanted.notes().markdown())
                .prerelease(wanted.preRelease())
                .makeLatest(latest())
                .create()),
        Operation.CREATED);
  }

  /// What a person wrote stays; the images are added, and a draft is published.
  private Page complete(GHRelease present) {
    String before = Optional.ofNullable(present.getBody()).orElse("");
    String after = wanted.notes().completing(before);
    if (!present.isDraft() && after.equals(before)) {
      return page(present, Operation.NONE);
    }
    GHRelease updated =
        library.call(() ->
            present
                .update()
                .body(after)
                .draft(false)
                .prerelease(present.isDraft() ? wanted.preRelease() : present.isPrerelease())
                // Left out, it would mean true.
                .makeLatest(latest())
                .update());
    return page(updated, present.isDraft() ? Operation.CREATED : Operation.COMPLETED);
  }

  private MakeLatest latest() {
    return wanted.latest() ? MakeLatest.TRUE : MakeLatest.FALSE;
  }

  private static Page page(GHRelease release, Operation operation) {
    return new Page(URI.create(release.getHtmlUrl().toString()), operation);
  }

  private String tagName() {
    return wanted.notes().tagName();
  }

  private GHRepository home() {
    return library.repository(repository);
  }
}
