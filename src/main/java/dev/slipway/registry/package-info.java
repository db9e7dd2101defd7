/// The edge to image archives and registries: reads an archive without trusting it, pushes it
/// verbatim. The only package that knows Jib.
@NullMarked
package dev.slipway.registry;

import org.jspecify.annotations.NullMarked;
