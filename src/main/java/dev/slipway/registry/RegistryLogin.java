package dev.slipway.registry;

import dev.slipway.delivery.Inputs;

/// How to say to a registry who we are.
sealed interface RegistryLogin {
  /// Nobody in particular; a registry on this machine may take that.
  record Anonymous() implements RegistryLogin {}

  /// Nobody in particular, with the token that a registry gives to everybody.
  record Guest() implements RegistryLogin {}

  /// Name and password with every request, as ECR wants it.
  record Password(Inputs.Login login) implements RegistryLogin {}

  /// As the registry asks for it: with every request, or traded for a token first.
  record OnRequest(Inputs.Login login) implements RegistryLogin {}
}
