/// The edge to GitHub: tags and compares, the GitOps repository, pull requests. The only package
/// that knows GitHub API for Java.
@NullMarked
package dev.slipway.github;

import org.jspecify.annotations.NullMarked;
