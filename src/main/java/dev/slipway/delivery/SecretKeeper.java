package dev.slipway.delivery;

/// Port: hides a secret that was learnt during the run (a registry token, say) from everything that
/// is printed afterwards. Call it before the secret's first use.
public interface SecretKeeper {
  void hide(Secret secret);
}
