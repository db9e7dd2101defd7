package dev.slipway.problem;

import java.util.List;
import java.util.stream.Collectors;

/// The step is red. The only exception that crosses a package border.
public final class ActionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Exceptions are serializable by inheritance; nobody serializes this one.
  private final transient List<Problem> problems;

  public ActionException(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  public ActionException(String what, String why, String fix) {
    this(List.of(new Problem(what, why, fix)));
  }

  public ActionException(Problem problem, Throwable cause) {
    super(message(List.of(problem)), cause);
    this.problems = List.of(problem);
  }

  /// A value type refused a text; its message says why.
  public static ActionException refused(String what, IllegalArgumentException why, String fix) {
    return new ActionException(new Problem(what, String.valueOf(why.getMessage()), fix), why);
  }

  /// At least one.
  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("no problem, no exception");
    }
    return problems.stream()
        .map(problem -> problem.what() + ": " + problem.why())
        .collect(Collectors.joining("; "));
  }
}
