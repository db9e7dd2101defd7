/// What a run says of itself, all fed by [dev.slipway.delivery.Progress]: the log
/// ([dev.slipway.runner.report.LogProgress]), the outputs
/// ([dev.slipway.runner.report.OutputProgress]), the step summary
/// ([dev.slipway.runner.report.SummaryProgress]), and, when the step is red, the problems
/// ([dev.slipway.runner.report.ProblemReporter]).
///
/// The runner parses everything that a step prints and executes what looks like a command. So one
/// stream, [dev.slipway.runner.report.Console], stands between the whole process and the log: what
/// passes through it can neither be a command nor show a secret. Our own commands go through
/// [dev.slipway.runner.report.WorkflowCommands], which only this package can reach.
@NullMarked
package dev.slipway.runner.report;

import org.jspecify.annotations.NullMarked;
