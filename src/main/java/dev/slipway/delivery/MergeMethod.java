package dev.slipway.delivery;

/// How GitHub merges a pull request.
public enum MergeMethod {
  SQUASH,
  MERGE,
  REBASE
}
