/// The story: what the author asked ([dev.slipway.delivery.Inputs]) becomes a
/// [dev.slipway.delivery.Plan], and the plan is carried out. No I/O happens here; the edges do it
/// behind the ports.
@NullMarked
package dev.slipway.delivery;

import org.jspecify.annotations.NullMarked;
