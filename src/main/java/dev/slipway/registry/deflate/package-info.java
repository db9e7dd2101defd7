/// Deflate, faster than the Java runtime's: compressing is what a push of uncompressed layers takes
/// its time for.
@NullMarked
package dev.slipway.registry.deflate;

import org.jspecify.annotations.NullMarked;
