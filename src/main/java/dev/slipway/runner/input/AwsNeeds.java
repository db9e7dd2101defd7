package dev.slipway.runner.input;

import dev.slipway.delivery.Inputs.EcsService;
import java.util.Optional;

/// What a run could want of AWS.
///
/// @param pushes whether any image is pushed
/// @param ecs the service that moves
record AwsNeeds(boolean pushes, Optional<EcsService> ecs) {}
