/// Speaks to the Docker engine of the machine through its socket, to read an image that an earlier
/// step left there. Asks, and changes nothing. Part of the registry edge.
@NullMarked
package dev.slipway.registry.engine;

import org.jspecify.annotations.NullMarked;
