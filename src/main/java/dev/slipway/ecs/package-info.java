/// The edge to Amazon ECS: moves a service to a task definition with the new image, and waits until
/// its tasks run.
///
/// Task definitions travel as JSON trees, never through a model, so that members that this program
/// has never heard of survive. The wait follows the deployment that this run began and no other:
/// [dev.slipway.ecs.Verdict] says what one look means, because a service that is stable again may
/// well be stable on the old version.
@NullMarked
package dev.slipway.ecs;

import org.jspecify.annotations.NullMarked;
