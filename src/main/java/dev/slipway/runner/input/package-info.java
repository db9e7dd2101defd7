/// What the workflow's author asked and what started the run, read once and checked before anything
/// is done.
///
/// [dev.slipway.runner.input.InputReader] reads every input and reports all that is wrong at once:
/// one class for each group of [dev.slipway.runner.input.Input]s, and one
/// [dev.slipway.runner.input.InputTexts] in which they collect what is wrong.
/// [dev.slipway.runner.input.RunContextReader] reads the event, and
/// [dev.slipway.runner.input.PrivateAuthorities] whom connections trust.
@NullMarked
package dev.slipway.runner.input;

import org.jspecify.annotations.NullMarked;
