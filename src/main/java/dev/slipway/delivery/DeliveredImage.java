package dev.slipway.delivery;

import java.util.Optional;

/// An image as it is after the push.
///
/// @param image with its digest
/// @param pushed what the push took; empty when an earlier step pushed it
public record DeliveredImage(PlannedImage image, Optional<ImageRegistry.Pushed> pushed) {}
