package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.sandbox.GitObjects.Commit;
import dev.slipway.sandbox.GitObjects.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A repository of [FakeGitHub]: to set up before a run, and to look at after it.
///
/// Methods that set up answer the repository, so that they can be chained.
public final class FakeRepository {
  static final String HEADS = "refs/heads/";
  static final String TAGS = "refs/tags/";

  private final String fullName;
  private final String defaultBranch = "main";
  private final GitObjects objects = new GitObjects();
  private final SortedMap<String, String> refs = new TreeMap<>();
  private final List<FakePullRequest> pullRequests = new ArrayList<>();
  private final List<FakeRelease> releases = new ArrayList<>();
  private final List<FakeDeployment> deployments = new ArrayList<>();
  private final FakeRules rules = new FakeRules();
  private Instant clock = Instant.parse("2026-01-01T00:00:00Z");
  private Optional<String> latest = Optional.empty();

  FakeRepository(String fullName) {
    this.fullName = fullName;
  }

  public String fullName() {
    return fullName;
  }

  String defaultBranch() {
    return defaultBranch;
  }

  /// What it allows and requires.
  public FakeRules rules() {
    return rules;
  }

  GitObjects objects() {
    return objects;
  }

  SortedMap<String, String> refs() {
    return refs;
  }

  FakeMerges merges() {
    return new FakeMerges(this);
  }

  /// Commits a file to the default branch.
  public FakeRepository file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8), GitObjects.FILE);
  }

  /// Commits a file to the default branch.
  ///
  /// @param mode in octal: `0100755`, say, or `0120000` for a link whose target is the content
  public FakeRepository file(String path, byte[] content, int mode) {
    commit(defaultBranch, "Add " + path, Map.of(path, new Entry(mode, objects.blob(content))));
    return this;
  }

  /// Commits a file to any branch as a person does, and makes the branch where there is none.
  ///
  /// @return the commit's name
  public String commit(String branch, String message, String path, String content) {
    String blob = objects.blob(content.getBytes(StandardCharsets.UTF_8));
    return commit(branch, message, Map.of(path, new Entry(GitObjects.FILE, blob)));
  }

  private String commit(String branch, String message, Map<String, Entry> changes) {
    Optional<Commit> tip =
        Optional.ofNullable(refs.get(HEADS + branch))
            .or(() -> Optional.ofNullable(refs.get(HEADS + defaultBranch)))
            .map(objects::get);
    SortedMap<String, Entry> files = new TreeMap<>(tip.map(Commit::files).orElseGet(TreeMap::new));
    files.putAll(changes);
    Commit commit = objects.commit(files, tip.map(Commit::id).stream().toList(), message, false);
    move(HEADS + branch, Optional.of(commit.id()));
    return commit.id();
  }

  /// A branch at the tip of the default branch.
  public FakeRepository branch(String name) {
    move(HEADS + name, Optional.of(head(defaultBranch)));
    return this;
  }

  /// What GitHub's button "Update branch" does: merges the default branch into another.
  public String updateBranch(String branch) {
    Commit tip = objects.get(head(branch));
    String base = head(defaultBranch);
    SortedMap<String, Entry> files = new TreeMap<>(objects.get(base).files());
    String fork = objects.mergeBase(tip.id(), base).orElseThrow();
    GitObjects.difference(objects.get(fork).files(), tip.files())
        .forEach(path -> files.put(path, tip.files().get(path)));
    Commit merge =
        objects.commit(
            files,
            List.of(tip.id(), base),
            "Merge branch '%s' into %s".formatted(defaultBranch, branch),
            true);
    move(HEADS + branch, Optional.of(merge.id()));
    return merge.id();
  }

  /// A lightweight tag on the tip of the default branch.
  public FakeRepository tag(String name) {
    refs.put(TAGS + name, head(defaultBranch));
    return this;
  }

  /// An annotated tag on the tip of the default branch.
  public FakeRepository annotatedTag(String name) {
    refs.put(TAGS + name, objects.tag(name, head(defaultBranch)));
    return this;
  }

  /// A lightweight tag on any commit.
  public FakeRepository tagAt(String name, String commit) {
    refs.put(TAGS + name, commit);
    return this;
  }

  /// The names of all tags, and the commits they point at.
  public Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    refs.tailMap(TAGS)
        .forEach((ref, id) -> {
          if (ref.startsWith(TAGS)) {
            tags.put(ref.substring(TAGS.length()), objects.peeled(id));
          }
        });
    return tags;
  }

  /// All of them, oldest first.
  public List<FakeRelease> releases() {
    return List.copyOf(releases);
  }

  /// A release that a person made.
  public FakeRepository release(String tag, String body, boolean draft) {
    put(new FakeRelease(releases.size() + 1, tag, tag, body, draft, false), "true");
    return this;
  }

  /// Keeps a release in place of an older state of it.
  void put(FakeRelease release, String makeLatest) {
    releases.removeIf(old -> old.id() == release.id());
    releases.add(release);
    if (makeLatest.equals("true") && !release.draft() && !release.preRelease()) {
      latest = Optional.of(release.tag());
    }
  }

  /// The tag of the release that is marked as the latest.
  public Optional<String> latestRelease() {
    return latest;
  }

  /// What is noted, the oldest first, and how each stands.
  public List<String> ledger() {
    return deployments().stream()
        .map(entry -> entry.description() + ": " + entry.statuses().getLast().state())
        .toList();
  }

  /// All of them, oldest first.
  public List<FakeDeployment> deployments() {
    return List.copyOf(deployments);
  }

  /// A deployment that any program may have made.
  ///
  /// @param request as REST takes it
  public FakeDeployment deploy(String commit, JsonNode request) {
    // What GitHub itself has come to.
    FakeDeployment made = new FakeDeployment(3_000_000_001L + deployments.size(), commit, request);
    deployments.add(made);
    return made;
  }

  /// A second later.
  Instant tick() {
    clock = clock.plusSeconds(1);
    return clock;
  }

  /// A commit without any parent, on a branch of its own.
  public String unrelated(String branch) {
    Commit commit = objects.commit(new TreeMap<>(), List.of(), "Another beginning", false);
    refs.put(HEADS + branch, commit.id());
    return commit.id();
  }

  /// Points a ref somewhere, or takes it away, with what follows for pull requests.
  public void move(String ref, Optional<String> commit) {
    commit.ifPresentOrElse(id -> refs.put(ref, id), () -> refs.remove(ref));
    for (FakePullRequest open : pullRequests) {
      if (open.isOpen() && ref.equals(HEADS + open.headBranch())) {
        noticeMove(open);
      } else if (open.isOpen() && ref.equals(HEADS + open.baseBranch())) {
        open.headMoved(open.head(), rules.unknownReads());
      }
    }
  }

  private void noticeMove(FakePullRequest open) {
    Optional<String> head = Optional.ofNullable(refs.get(HEADS + open.headBranch()));
    // GitHub closes what has no branch, or nothing left to merge, at once and for good.
    if (head.isEmpty() || objects.history(head(open.baseBranch())).contains(head.get())) {
      open.close();
    } else {
      open.headMoved(head.get(), rules.unknownReads());
    }
  }

  FakePullRequest open(String head, String base, String title, String body) {
    FakePullRequest pullRequest =
        new FakePullRequest(pullRequests.size() + 1, head, base, title, body);
    pullRequest.headMoved(head(head), rules.unknownReads());
    pullRequests.add(pullRequest);
    return pullRequest;
  }

  /// All of them, oldest first.
  public List<FakePullRequest> pullRequests() {
    return List.copyOf(pullRequests);
  }

  /// Every required check succeeds, and GitHub merges what waited for that.
  public void passChecks() {
    rules.passChecks();
    pullRequests.stream()
        .filter(FakePullRequest::isOpen)
        .filter(open -> open.autoMerge().isPresent() && merges().status(open).isReady())
        .forEach(open -> merges().merge(open, open.autoMerge().orElseThrow(), Optional.empty()));
  }

  /// A person merges a pull request, whatever the rules say.
  public String merge(FakePullRequest pullRequest) {
    return merges().merge(pullRequest, "SQUASH", Optional.empty());
  }

  /// The tip of a branch.
  public String head(String branch) {
    return Optional.ofNullable(refs.get(HEADS + branch))
        .orElseThrow(() -> new IllegalArgumentException("no branch " + branch));
  }

  /// The names of all branches.
  public List<String> branches() {
    return refs.keySet().stream()
        .filter(ref -> ref.startsWith(HEADS))
        .map(ref -> ref.substring(HEADS.length()))
        .toList();
  }

  /// The text of a file on a branch; empty when there is none.
  public Optional<String> fileAt(String branch, String path) {
    return Optional.ofNullable(objects.get(head(branch)).files().get(path))
        .flatMap(entry -> objects.content(entry.blob()))
        .map(content -> new String(content, StandardCharsets.UTF_8));
  }

  /// The mode of a file on a branch, as git writes it.
  public int modeAt(String branch, String path) {
    return objects.get(head(branch)).files().get(path).mode();
  }

  /// The parents of a branch's tip.
  public List<String> parentsOf(String branch) {
    return objects.get(head(branch)).parents();
  }

  /// The message of a branch's tip.
  public String messageOf(String branch) {
    return objects.get(head(branch)).message();
  }

  /// Whether GitHub signed a branch's tip, so that it shows as "Verified".
  public boolean isVerified(String branch) {
    return objects.get(head(branch)).verified();
  }
}
