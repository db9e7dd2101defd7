/// The edge to GitHub: tags and compares, the GitOps repository, pull requests. The only package
/// that knows GitHub API for Java.
///
/// Start at [dev.slipway.github.GitHubApi]. REST goes through the library, and through GraphQL goes
/// what REST cannot do; both lie on one transport, which alone holds the token and alone retries,
/// and which never sends a write twice. What GitHub refuses becomes a problem in one place.
@NullMarked
package dev.slipway.github;

import org.jspecify.annotations.NullMarked;
