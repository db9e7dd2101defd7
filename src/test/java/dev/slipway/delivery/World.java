package dev.slipway.delivery;

import dev.slipway.image.Digest;
import dev.slipway.image.ImageName;
import dev.slipway.image.ImageSource;
import dev.slipway.image.Platform;
import dev.slipway.image.Tag;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problem;
import dev.slipway.values.FileContent;
import dev.slipway.version.Commit;
import dev.slipway.version.CommitLog;
import dev.slipway.version.CommitSha;
import dev.slipway.version.GitTag;
import dev.slipway.version.TagHistory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A world in memory behind the ports, and the order of what was done to it.
final class World {
  static final Digest DIGEST = new Digest("sha256:" + "d".repeat(64));

  final List<String> events = new ArrayList<>();
  final List<GitOpsRepository.Proposal> proposals = new ArrayList<>();

  final List<String> messages = new ArrayList<>();
  int racesToLose;
  Runnable duringRace = () -> {};
  Optional<Digest> digestBeforePush = Optional.of(DIGEST);
  ImageRegistry.Readiness readiness = ImageRegistry.Readiness.READY;
  Optional<Problem> archiveProblem = Optional.empty();
  List<Problem> obstacles = List.of();
  boolean pushChanges = true;
  Runnable duringPush = () -> {};
  GitOpsRepository.Operation operation = GitOpsRepository.Operation.CREATED;
  GitOpsRepository.Merge merge = new GitOpsRepository.Merge.Enabled(MergeMethod.SQUASH);

  private CommitSha head;
  private final Map<String, FileContent> files = new HashMap<>();
  private final Map<String, List<Provenance>> deliveries = new HashMap<>();
  private List<GitTag> tags;
  private int fileCommits;
  boolean newer;

  World(CommitSha head) {
    this.head = head;
    this.tags = List.of(new GitTag("v1.2.3", new CommitSha("f".repeat(40))));
  }

  /// Somebody commits a file to the base branch.
  void file(String path, String text) {
    files.put(path, FileContent.of(text));
    head =
        new CommitSha(
            Integer.toHexString(0x1000_0000 + files.size() + ++fileCommits) + "0".repeat(32));
  }

  /// Slipway delivered a commit to a file.
  void delivered(String path, CommitSha commit, String target) {
    deliveries.put(
        path, List.of(new Provenance(RepositoryName.parse("acme/shop"), commit, target)));
  }

  void noTags() {
    tags = List.of();
  }

  final Deque<GitOpsRepository.Awaited> awaited = new ArrayDeque<>();

  List<Problem> companionProblems = List.of();
  Optional<Problem> liveProblem = Optional.empty();
  LiveCheck.Result live = new LiveCheck.Result.Live(List.of());
  Optional<Expectation> expectation = Optional.empty();

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

  List<Commit> commits = List.of();
  List<Releases.Claim> claims = new ArrayList<>();
  final List<Releases.Publication> publications = new ArrayList<>();

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

  final ImageArchives archives =
      new ImageArchives() {
        @Override
        public Summary inspect(ImageSource source) {
          archiveProblem.ifPresent(problem -> {
            throw new ActionException(List.of(problem));
          });
          return new Summary(
              "OCI archive", digestBeforePush, List.of(new Platform("linux", "amd64", "")), 2, 10);
        }
      };

  final Map<String, Digest> registryTags = new HashMap<>();

  final ImageRegistry registry =
      new ImageRegistry() {
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
          return Optional.ofNullable(registryTags.get(tag.value()));
        }

        @Override
        public Pushed push(ImageSource source, ImageName name, List<Tag> pushedTags) {
          events.add(
              "push " + pushedTags.stream().map(Tag::value).collect(Collectors.joining(" ")));
          duringPush.run();
          return new Pushed(DIGEST, pushChanges, pushChanges ? 2 : 0, pushChanges ? 0 : 2, 10);
        }
      };

  final GitOpsRepository gitOps =
      new GitOpsRepository() {
        @Override
        public Snapshot read(Optional<String> branch, Set<String> paths) {
          Map<String, FileContent> found = new HashMap<>(files);
          found.keySet().retainAll(paths);
          return new Snapshot(branch.orElse("main"), head, found, obstacles, deliveries, List.of());
        }

        @Override
        public Proposing propose(Snapshot base, Proposal proposal, Predicate<Provenance> newer) {
          if (!base.head().equals(head)) {
            return new BaseMoved();
          }
          events.add("propose");
          proposals.add(proposal);
          return new Proposed(
              new PullRequest(7, URI.create("https://github.com/acme/gitops/pull/7")),
              operation,
              head);
        }

        @Override
        public Optional<CommitSha> commit(Snapshot base, String message, List<FileChange> changes) {
          events.add("commit " + changes.getFirst().after().text().orElseThrow().strip());
          messages.add(message);
          if (!base.head().equals(head)) {
            return Optional.empty();
          }
          if (racesToLose > 0) {
            racesToLose--;
            duringRace.run();
            return Optional.empty();
          }
          changes.forEach(change -> files.put(change.path(), change.after()));
          return Optional.of(head);
        }

        @Override
        public Merge autoMerge(Proposed proposed, MergeMethod method) {
          events.add("arm");
          return merge;
        }

        @Override
        public List<Problem> accompany(Proposed proposed, PullRequestSettings settings) {
          return companionProblems;
        }

        @Override
        public Merge leaveOpen(Proposed proposed) {
          events.add("leave open");
          return new Merge.Off(false);
        }

        @Override
        public MergeWait mergeWait(Duration limit, Predicate<Provenance> newer, Progress progress) {
          events.add("wait");
          return (_, _) -> awaited.removeFirst();
        }

        @Override
        public Withdrawal withdraw(String headBranch, String why) {
          events.add("withdraw");
          return new Withdrawal.NothingOpen();
        }

        @Override
        public void removeBranch(String headBranch, CommitSha tip) {
          events.add("remove branch");
        }
      };

  final FileHistory gitOpsHistory = new FileHistory();

  final Targets targets =
      new Targets(
          new GitOpsPorts(gitOps, gitOpsHistory, sources, Optional.of(liveCheck)),
          new NoCluster(),
          new NoMachines());

  final Progress progress = new ToldEvents(events);
}
