/// Slipway: one GitHub Actions step that takes a built container image to production.
///
/// [dev.slipway.Main] is the process, and [dev.slipway.Wiring] puts three kinds of packages
/// together:
///
/// - edges do all I/O and never meet: `runner`, `registry`, `github`, `argocd`, `ecs`, `ssm` (and
///   `aws`, which edges to AWS share: credentials and signed requests);
/// - `delivery` is the story: inputs, plan, ports, outcomes;
/// - words are pure values: `template`, `version`, `image`, `values`, and `problem` beneath them
///   all.
@NullMarked
package dev.slipway;

import org.jspecify.annotations.NullMarked;
