/// The edge to the GitHub Actions runner: inputs, event, outputs, step summary, log.
///
/// Three things come in, each read once and checked before anything is done: the inputs
/// ([dev.slipway.runner.InputReader]), the event ([dev.slipway.runner.RunContextReader]) and the
/// proxy ([dev.slipway.runner.ProxySettings]).
///
/// Four things go out, all fed by [dev.slipway.delivery.Progress]: the log
/// ([dev.slipway.runner.LogProgress]), the outputs ([dev.slipway.runner.OutputProgress]), the step
/// summary ([dev.slipway.runner.SummaryProgress]), and, when the step is red, the problems
/// ([dev.slipway.runner.ProblemReporter]).
///
/// The runner parses everything that a step prints and executes what looks like a command. So one
/// stream, [dev.slipway.runner.Console], stands between the whole process and the log: what passes
/// through it can neither be a command nor show a secret. Our own commands go through
/// [dev.slipway.runner.WorkflowCommands], which only this package can reach.
@NullMarked
package dev.slipway.runner;

import org.jspecify.annotations.NullMarked;
