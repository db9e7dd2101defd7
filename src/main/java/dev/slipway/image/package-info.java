/// The words of registries: image names, tags, digests, and where an image comes from.
@NullMarked
package dev.slipway.image;

import org.jspecify.annotations.NullMarked;
