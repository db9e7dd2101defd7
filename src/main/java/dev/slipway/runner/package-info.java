/// The edge to the GitHub Actions runner, whose every word passes through
/// [dev.slipway.runner.Environment].
///
/// - `input` is what comes in, each read once and checked before anything is done: the inputs, the
///   event, the authorities to trust.
/// - `proxy` is the way out to the network.
/// - `report` is what goes out: the log, the outputs, the step summary, the problems.
@NullMarked
package dev.slipway.runner;

import org.jspecify.annotations.NullMarked;
