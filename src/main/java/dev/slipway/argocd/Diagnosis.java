package dev.slipway.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.argocd.Answer.Found;
import dev.slipway.argocd.ApplicationState.Operation;
import dev.slipway.delivery.ApplicationName;
import dev.slipway.delivery.Expectation;
import dev.slipway.problem.OneLine;
import dev.slipway.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Why an application is not live, for somebody who is paged: the condition that is not met, the
/// whole state, the sick resources, the pods' reasons, and the sync windows.
///
/// @param expectation what was waited for
record Diagnosis(ArgoCdServer server, Expectation expectation) {
  // After the wait, so in addition to it.
  private static final Duration REQUEST = Duration.ofSeconds(5);
  private static final int MOST = 3;

  /// The problem of one application.
  ///
  /// @param certain whether it will stay so; otherwise the time is up
  Problem of(ApplicationWait wait, boolean certain) {
    Optional<ApplicationState> state = wait.state();
    Optional<Unmet> unmet = wait.unmet();
    if (state.isEmpty() || unmet.isEmpty()) {
      return wait.silence()
          .map(why -> ArgoCdProblems.unavailable(server, why))
          .orElseGet(() -> onlyOnce(wait));
    }
    List<String> why = new ArrayList<>();
    why.add("Not met: " + unmet.orElseThrow().sentence());
    wait.silence().ifPresent(reason -> why.add("Since then no answer: " + reason));
    why.add(summary(state.orElseThrow()));
    listed("Errors", unnamed(state.orElseThrow(), unmet.orElseThrow())).ifPresent(why::add);
    listed("Unhealthy", unhealthy(state.orElseThrow())).ifPresent(why::add);
    listed("Pods", pods(wait)).ifPresent(why::add);
    listed("Sync windows", windows(wait)).ifPresent(why::add);
    Unmet.Kind kind = unmet.orElseThrow().kind();
    return new Problem(
        Advice.what(kind, wait.name(), certain, expectation.limit()),
        OneLine.of(String.join(". ", why)),
        Advice.fix(kind, state.orElseThrow(), expectation));
  }

  /// The second look did not come before the end.
  private Problem onlyOnce(ApplicationWait wait) {
    return new Problem(
        "Argo CD application `%s` was live for a moment only".formatted(wait.name()),
        "the time was up before a second look could confirm it",
        "raise `timeout`");
  }

  private static String summary(ApplicationState state) {
    return "Sync %s, health %s, operation %s, revision %s, compared %s"
        .formatted(
            orUnknown(state.sync().status()),
            orUnknown(state.health().status()),
            phase(state),
            state.sync().revisions().stream()
                .map(Texts::revision)
                .reduce((one, other) -> one + "+" + other)
                .orElse("unknown"),
            state.reconciledAt().map(at -> "at " + at).orElse("never"));
  }

  private static String phase(ApplicationState state) {
    return state.operation().map(Operation::phase).orElse(state.requested() ? "requested" : "none");
  }

  private static String orUnknown(String status) {
    return status.isEmpty() ? "unknown" : status;
  }

  /// Error conditions that the unmet one does not name already.
  private static List<String> unnamed(ApplicationState state, Unmet unmet) {
    return state.errors().stream()
        .filter(condition -> !unmet.sentence().startsWith(condition.type()))
        .map(condition -> "%s: %s".formatted(condition.type(), Texts.line(condition.message())))
        .toList();
  }

  private static List<String> unhealthy(ApplicationState state) {
    return state.resources().stream()
        .filter(resource -> !resource.health().status().isEmpty())
        .filter(resource -> !resource.health().status().equals("Healthy"))
        .map(resource ->
            "%s is %s%s"
                .formatted(
                    resource,
                    resource.health().status(),
                    Texts.bracketed(resource.health().message())))
        .toList();
  }

  private List<String> pods(ApplicationWait wait) {
    return body(server::resourceTree, wait)
        .map(tree -> Pod.troubled(tree, expectation.images()))
        .orElse(List.of());
  }

  private List<String> windows(ApplicationWait wait) {
    return body(server::syncWindows, wait).map(SyncWindows::blocking).orElse(List.of());
  }

  /// A diagnosis that cannot be had must not hide the problem itself.
  private static Optional<JsonNode> body(
      BiFunction<ApplicationName, Duration, Answer> question, ApplicationWait wait) {
    return question.apply(wait.name(), REQUEST) instanceof Found(JsonNode body)
        ? Optional.of(body)
        : Optional.empty();
  }

  private static Optional<String> listed(String title, List<String> items) {
    return items.isEmpty()
        ? Optional.empty()
        : Optional.of(title + ": " + Texts.first(MOST, items));
  }
}
