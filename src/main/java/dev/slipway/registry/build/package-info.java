/// Builds images of jars and folders: layers that come out the same from the same files on any day
/// and any machine, on a base image of which only the small documents are read. Part of the
/// registry edge; what it builds is pushed like every other image.
///
/// Jib's own builder is not used for this: it follows symbolic links, drops the executable bit and
/// half of a base image's config (its stop signal, shell and more), and fetches every base layer.
@NullMarked
package dev.slipway.registry.build;

import org.jspecify.annotations.NullMarked;
