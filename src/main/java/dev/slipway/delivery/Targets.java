package dev.slipway.delivery;

/// The places where an image can be brought into service. One that nobody asked for is never spoken
/// to.
public record Targets(GitOpsPorts gitOps, EcsCluster ecs, RemoteScripts scripts) {}
