package dev.slipway.runner.input;

import dev.slipway.delivery.RepositoryName;
import dev.slipway.delivery.RunContext;
import dev.slipway.problem.ActionException;
import dev.slipway.problem.Problems;
import dev.slipway.runner.Environment;
import dev.slipway.version.CommitSha;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Reads what the runner says about this run: which commit, of which repository, on whose behalf.
public final class RunContextReader {
  private static final String TAGS = "refs/tags/";

  private final Environment environment;
  private final Problems problems = new Problems();

  public RunContextReader(Environment environment) {
    this.environment = environment;
  }

  /// The context of this run. The input `commit-sha` wins over the event's commit.
  ///
  /// @throws ActionException with every problem found
  public RunContext read() {
    Optional<RepositoryName> repository = parsed("GITHUB_REPOSITORY", "", RepositoryName::parse);
    Optional<String> event = parsed("GITHUB_EVENT_NAME", "", name -> name);
    Optional<Trigger> trigger = event.flatMap(name -> problems.attempt(() -> trigger(name)));
    Optional<CommitSha> commit = commit(trigger);
    Optional<URI> api = parsed("GITHUB_API_URL", "https://api.github.com", Endpoint::parse);
    Optional<URI> server = parsed("GITHUB_SERVER_URL", "https://github.com", Endpoint::parse);
    Optional<String> runId = parsed("GITHUB_RUN_ID", "0", RunContextReader::digits);
    Optional<String> runNumber = parsed("GITHUB_RUN_NUMBER", "0", RunContextReader::digits);
    problems.throwIfAny();
    return new RunContext(
        repository.orElseThrow(),
        commit.orElseThrow(),
        trigger.orElseThrow().branch(),
        tag(trigger.orElseThrow(), commit.orElseThrow()),
        event.orElseThrow(),
        trigger.orElseThrow().foreign(),
        environment.text("GITHUB_ACTOR").orElse("unknown"),
        runId.orElseThrow(),
        runNumber.orElseThrow(),
        api.orElseThrow(),
        URI.create(
            "%s/%s/actions/runs/%s"
                .formatted(server.orElseThrow(), repository.orElseThrow(), runId.orElseThrow())));
  }

  /// What the event is about.
  ///
  /// @param sha of its commit, unchecked
  private record Trigger(String sha, String branch, boolean foreign) {}

  private Trigger trigger(String event) {
    if (event.startsWith("pull_request")) {
      EventPayload payload = EventPayload.in(environment);
      return new Trigger(
          payload.text("/pull_request/head/sha").orElse(""),
          payload.text("/pull_request/head/ref").orElse(branch()),
          event.equals("pull_request_target")
              || isForeign(payload, "/pull_request/head/repo/full_name"));
    }
    if (event.equals("workflow_run")) {
      EventPayload payload = EventPayload.in(environment);
      return new Trigger(
          payload.text("/workflow_run/head_sha").orElse(""),
          payload.text("/workflow_run/head_branch").orElse(branch()),
          isForeign(payload, "/workflow_run/head_repository/full_name"));
    }
    return new Trigger(environment.text("GITHUB_SHA").orElse(""), branch(), false);
  }

  /// Whether the head lies in another repository. That of a deleted fork is gone, and nobody's.
  private boolean isForeign(EventPayload payload, String pointer) {
    String home = environment.text("GITHUB_REPOSITORY").orElse("");
    return !payload.text(pointer).map(name -> name.equalsIgnoreCase(home)).orElse(false);
  }

  /// A pull request's branch, else that of the event.
  private String branch() {
    return environment
        .text("GITHUB_HEAD_REF")
        .or(() -> environment.text("GITHUB_REF_NAME"))
        .orElse("");
  }

  private Optional<CommitSha> commit(Optional<Trigger> trigger) {
    Optional<String> given = environment.text(Input.COMMIT_SHA.variable());
    try {
      // An abbreviation or a branch could mean another commit tomorrow.
      return given
          .map(sha -> sha.toLowerCase(Locale.ROOT))
          .or(() -> trigger.map(Trigger::sha))
          .map(CommitSha::new);
    } catch (IllegalArgumentException e) {
      String what =
          given
              .map(sha -> "The input `commit-sha` cannot be `%s`".formatted(InputTexts.shown(sha)))
              .orElse("The event that started the run names no commit");
      problems.add(
          what,
          String.valueOf(e.getMessage()),
          "Set `commit-sha` to all 40 hexadecimal digits, or remove it to deliver the event's commit.");
      return Optional.empty();
    }
  }

  /// The event's tag, where the commit to deliver is the event's.
  private Optional<String> tag(Trigger trigger, CommitSha commit) {
    return environment
        .text("GITHUB_REF")
        .filter(reference -> reference.startsWith(TAGS) && commit.value().equals(trigger.sha()))
        .map(reference -> reference.substring(TAGS.length()));
  }

  private static String digits(String text) {
    if (!text.matches("[0-9]+")) {
      throw new IllegalArgumentException("it is not a number");
    }
    return text;
  }

  private <T> Optional<T> parsed(String variable, String fallback, Function<String, T> parse) {
    String text = environment.text(variable).orElse(fallback);
    try {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("it is not set");
      }
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(
          "The variable %s cannot be used".formatted(variable),
          String.valueOf(e.getMessage()),
          "Run Slipway as a step of a GitHub Actions job; the runner sets this variable.");
      return Optional.empty();
    }
  }
}
