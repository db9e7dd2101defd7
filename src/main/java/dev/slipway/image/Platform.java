package dev.slipway.image;

/// What an image runs on: `linux/amd64`, `linux/arm/v7`.
///
/// @param variant empty where there is none
public record Platform(String os, String architecture, String variant) {
  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
