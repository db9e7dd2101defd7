package dev.slipway.problem;

/// One reason why the step is red, in the reader's words.
///
/// @param what what happened, one short sentence without a final full stop; the annotation's title
/// @param why the cause, as far as it is known
/// @param fix what to change: the permission, the setting, the input
public record Problem(String what, String why, String fix) {
  public Problem {
    if (what.isBlank() || why.isBlank() || fix.isBlank()) {
      throw new IllegalArgumentException("a problem needs what, why and fix: " + what);
    }
  }
}
