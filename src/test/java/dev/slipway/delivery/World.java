package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.version.Commit;
import dev.slipway.version.CommitLog;
import dev.slipway.version.CommitSha;
import dev.slipway.version.GitTag;
import dev.slipway.version.TagHistory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A world in memory behind the ports, and the order of what was done to it.
final class World {
  static final Digest DIGEST = new Digest("sha256:" + "d".repeat(64));

  final List<String> events = new ArrayList<>();
  final MemoryImages images = new MemoryImages(events);
  final MemoryGitOps gitOps;
  final Targets targets;

  boolean newer;
  Optional<Problem> liveProblem = Optional.empty();
  LiveCheck.Result live = new LiveCheck.Result.Live(List.of());
  Optional<Expectation> expectation = Optional.empty();
  List<Commit> commits = List.of();
  List<Releases.Claim> claims = new ArrayList<>();
  final List<Releases.Publication> publications = new ArrayList<>();

  private List<GitTag> tags = List.of(new GitTag("v1.2.3", new CommitSha("f".repeat(40))));

  World(CommitSha head) {
    this.gitOps = new MemoryGitOps(head, events);
    this.targets =
        new Targets(
            new GitOpsPorts(gitOps, gitOpsHistory, sources, Optional.of(liveCheck)),
            new NoCluster(),
            new NoMachines());
  }

  /// Somebody commits a file to the base branch.
  void file(String path, String text) {
    gitOps.file(path, text);
  }

  void noTags() {
    tags = List.of();
  }

  final LiveCheck liveCheck =
      wanted -> {
        events.add("live check");
        expectation = Optional.of(wanted);
        Optional<Problem> problem = liveProblem;
        liveProblem = Optional.empty();
        problem.ifPresent(known -> {
          throw new ActionException(List.of(known));
        });
        return live;
      };

  final CommitHistory sources = (_, _) -> newer;

  final TagHistory history =
      new TagHistory() {
        @Override
        public List<GitTag> tags() {
          return tags;
        }

        @Override
        public boolean isAncestor(CommitSha ancestor, CommitSha commit) {
          return true;
        }
      };

  private final CommitLog log =
      new CommitLog() {
        @Override
        public List<Commit> since(Optional<CommitSha> after, CommitSha to) {
          return commits;
        }

        @Override
        public Set<CommitSha> touching(String path, Optional<CommitSha> after, CommitSha to) {
          return Set.of();
        }
      };

  private final Releases releases =
      new Releases() {
        @Override
        public Claim claim(String tagName, CommitSha commit) {
          events.add("claim " + tagName);
          Claim claim = claims.isEmpty() ? new Claim.Made() : claims.removeFirst();
          if (claim instanceof Claim.LostTo(var other)) {
            tags = Stream.concat(tags.stream(), Stream.of(new GitTag(tagName, other))).toList();
          }
          return claim;
        }

        @Override
        public Page publish(Publication publication) {
          events.add("publish " + publication.title());
          publications.add(publication);
          return new Page(
              URI.create("https://github.com/acme/shop/releases/tag/v1"), Operation.CREATED);
        }
      };

  final MemoryLedger ledger = new MemoryLedger();

  final ApplicationRepository home = new ApplicationRepository(history, log, releases, ledger);

  final FileHistory gitOpsHistory = new FileHistory();

  final Progress progress = new ToldEvents(events);
}
