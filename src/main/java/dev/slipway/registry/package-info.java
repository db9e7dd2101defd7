/// The edge to image archives and registries: reads an archive without trusting it, pushes it
/// verbatim. The only package that knows Jib; the few classes that must live in Jib's own packages
/// (`com.google.cloud.tools.jib`) belong to it.
@NullMarked
package dev.slipway.registry;

import org.jspecify.annotations.NullMarked;
