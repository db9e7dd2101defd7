package dev.slipway.delivery;

import java.net.URI;

/// A pull request in the GitOps repository.
public record PullRequest(int number, URI url) {}
