/// Fuzzing: what the targets beside the code they try have in common, and the corpora they keep.
@NullMarked
package dev.slipway.fuzz;

import org.jspecify.annotations.NullMarked;
