/// The edge to the GitHub Actions runner: inputs, event, outputs, step summary, log.
@NullMarked
package dev.slipway.runner;

import org.jspecify.annotations.NullMarked;
