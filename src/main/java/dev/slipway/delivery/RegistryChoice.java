package dev.slipway.delivery;

/// Which registry the author chose.
public sealed interface RegistryChoice {
  /// Amazon ECR, private; the host follows from the account that the credentials belong to.
  record Ecr() implements RegistryChoice {}

  /// Amazon ECR, public. A repository's path begins with the alias of its registry.
  record EcrPublic() implements RegistryChoice {}

  /// GitHub's container registry.
  record Ghcr() implements RegistryChoice {}

  /// A registry by its host, with `:port` where it is not 443.
  record Host(String host) implements RegistryChoice {}
}
