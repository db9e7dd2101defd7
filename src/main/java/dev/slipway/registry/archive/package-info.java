/// Reads image archives without trusting them. A tar file is indexed once and never extracted,
/// names in it only ever mean other entries of the same file, every size is capped, and every blob
/// is hashed before anybody is told that the image is good. Part of the registry edge.
@NullMarked
package dev.slipway.registry.archive;

import org.jspecify.annotations.NullMarked;
