package dev.slipway.sandbox;

/// A release of a [FakeRepository].
public record FakeRelease(
    int id, String tag, String name, String body, boolean draft, boolean preRelease) {}
