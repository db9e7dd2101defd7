/// How Slipway complains: every red step says what happened, why, and how to fix it.
@NullMarked
package dev.slipway.problem;

import org.jspecify.annotations.NullMarked;
